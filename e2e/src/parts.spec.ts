import { expect, test, type Page } from '@playwright/test';
import { startProduct, type Product } from './product.js';

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.dispose());

/** The server is gone for one piece of the page's code, and for whoever asks whether it is there at all. */
async function lose(page: Page, chunk: string): Promise<() => Promise<void>> {
  const code = new RegExp(`/assets/${chunk}-[^/]+\\.js$`);
  const itself = (url: URL) => url.origin === product.url && !/^\/(api|assets)\//.test(url.pathname);
  await page.route(code, (route) => route.abort());
  await page.route(itself, (route) => (route.request().resourceType() === 'fetch' ? route.abort() : route.fallback()));
  return async () => {
    await page.unroute(code);
    await page.unroute(itself);
  };
}

async function expectLiveChart(page: Page): Promise<void> {
  await expect
    .poll(() => page.getByRole('application').getAttribute('aria-label'), { timeout: 30_000 })
    .toContain('still forming');
}

/** What stands on the chart's page and comes after the chart: its chunk, its words when it fails, and itself. */
const PARTS = [
  ['watchlist', 'The watchlist could not be loaded', (page: Page) => page.getByRole('list', { name: 'Watchlist' })],
  ['ohlcv-table', 'The table could not be loaded', (page: Page) => page.getByRole('columnheader').first()],
] as const;

for (const [chunk, words, part] of PARTS)
  test(`the chart goes on without ${chunk}, which comes when asked again`, async ({ page }) => {
    const find = await lose(page, chunk);
    await page.goto(product.url);
    const told = page.getByRole('alert').filter({ hasText: words });
    await expect(told).toContainText('could not be reached');
    await expectLiveChart(page);
    await find();
    await told.getByRole('button', { name: 'Try again' }).press('Enter');
    await expect(told).toBeHidden();
    await expect(part(page)).toBeVisible();
  });

test('the strip of signals says in a line that it is missing', async ({ page }) => {
  const find = await lose(page, 'signal-strip');
  await page.goto(product.url);
  const told = page.getByRole('alert').filter({ hasText: 'The signals of strategies could not be loaded' });
  await expectLiveChart(page);
  expect((await told.boundingBox())?.height).toBeLessThan(60);
  await find();
  await told.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(told).toBeHidden();
});

test('a window that cannot be opened says so, and Escape gives the page back', async ({ page }) => {
  const find = await lose(page, 'overlays');
  await page.goto(product.url);
  await expectLiveChart(page);
  await page.keyboard.press('Control+k');
  const told = page.getByRole('alert').filter({ hasText: 'This window could not be loaded' });
  await expect(told.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(told).toBeHidden();
  await page.keyboard.press('Control+k');
  await expect(told).toBeVisible();
  await find();
  await told.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('the way to the account is a button that tries again, until it is there', async ({ page }) => {
  const find = await lose(page, 'account-button');
  await page.goto(product.url);
  const again = page.getByRole('button', { name: /^Your account could not be loaded/ });
  await expect(again).toBeVisible();
  await expectLiveChart(page);
  await find();
  await again.press('Enter');
  await expect(page.getByRole('button', { name: /create one$/ })).toBeVisible();
});

test('the form of a strategy goes on without the text editor', async ({ page }) => {
  const find = await lose(page, 'json-editor');
  await page.goto(`${product.url}/strategies`);
  await page.getByRole('button', { name: 'New', exact: true }).click();
  const told = page.getByRole('alert').filter({ hasText: 'The text editor could not be loaded' });
  await expect(told).toBeVisible();
  await page.getByRole('form', { name: 'Strategy' }).getByLabel('Name', { exact: true }).first().fill('Kept');
  await find();
  await told.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Strategy as JSON' })).toContainText('Kept');
});

test('a whole page that cannot be loaded leaves the frame around it', async ({ page }) => {
  await page.goto(product.url);
  const find = await lose(page, 'status-page');
  await page.getByRole('link', { name: 'Status' }).first().click();
  const told = page.getByRole('alert').filter({ hasText: 'could not be loaded' });
  await expect(told).toBeVisible();
  await find();
  await told.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Status', level: 1 })).toBeVisible();
});

test('code that a newer version has no more is had by a reload', async ({ page }) => {
  const code = /\/assets\/watchlist-[^/]+\.js$/;
  await page.route(code, (route) => route.fulfill({ status: 404, contentType: 'text/plain', body: 'gone' }));
  await page.goto(product.url);
  const told = page.getByRole('alert').filter({ hasText: 'The watchlist could not be loaded' });
  await expect(told).toContainText('a newer version was installed');
  await page.unroute(code);
  await told.getByRole('button', { name: 'Reload' }).press('Enter');
  await expect(page.getByText('ETH/USDT').first()).toBeVisible();
  await expect(told).toBeHidden();
});
