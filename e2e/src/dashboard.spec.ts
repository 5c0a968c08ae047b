import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { startProduct, type Product } from './product.js';
import { injectFault } from './venue.js';

let product: Product;
test.beforeAll(async () => {
  product = await startProduct({ WICK_VENUE_SPEED: '5' });
});
test.afterAll(() => product.dispose());

const chart = (page: Page) => page.getByRole('application');
const chartName = async (page: Page) => (await chart(page).getAttribute('aria-label')) ?? '';

/** Sets what a person chose on an earlier visit. */
async function choose(page: Page, workspace: Readonly<Record<string, unknown>>): Promise<void> {
  const saved = JSON.stringify(JSON.stringify({ version: 1, workspace }));
  await page.addInitScript(`localStorage.setItem('wickworks.workspace', ${saved})`);
}

/** Opens the dashboard and waits for a chart with live candles; any error on the page's console fails the test. */
async function open(page: Page, path = '/'): Promise<string[]> {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(product.url + path);
  return complaints;
}

async function live(page: Page): Promise<void> {
  await expect(page.getByRole('banner').getByText('Live', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => chartName(page)).toContain('still forming');
}

async function expectNoSeriousViolation(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}

test('first visit: a chart that moves, named as a replay, without an error or an accessibility violation', async ({
  page,
}) => {
  const complaints = await open(page);
  await live(page);
  await expect(page.getByRole('banner').getByText('Replay', { exact: true }).first()).toBeVisible();
  const before = await chartName(page);
  await expect.poll(() => chartName(page), { timeout: 30_000 }).not.toBe(before);
  await expectNoSeriousViolation(page);
  expect(complaints).toEqual([]);
});

test('change market and timeframe by typing', async ({ page }) => {
  await open(page);
  await live(page);
  await page.getByRole('button', { name: /^Market:/ }).click();
  await page.keyboard.type('avax');
  await page
    .getByRole('option', { name: /AVAX\/USDT/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => chartName(page)).toContain('AVAX/USDT 1m');
  await page.getByRole('radio', { name: '1h' }).click();
  await expect.poll(() => chartName(page)).toContain('AVAX/USDT 1h');
  await live(page);
});

test('scroll back 20,000 candles without a hole', async ({ page }) => {
  await open(page);
  await live(page);
  await chart(page).focus();
  const loaded = async () => {
    const heading = await page.getByRole('heading', { name: /^Candles [\d,]+/ }).textContent();
    return Number((heading ?? '').replace(/\D/g, ''));
  };
  for (let press = 0; press < 60 && (await loaded()) < 20_000; press++) {
    const before = await loaded();
    await page.keyboard.press('Home');
    await expect.poll(loaded, { timeout: 30_000 }).toBeGreaterThan(before);
  }
  expect(await loaded()).toBeGreaterThanOrEqual(20_000);
  await page.keyboard.press('End');
  await live(page);
});

test('lose the server, be told, regain it and go on', async ({ page }) => {
  await open(page);
  await live(page);
  await product.stop('SIGKILL');
  await expect(page.getByText(/connection lost|server lost|reconnect/i).first()).toBeVisible({ timeout: 30_000 });
  await product.restart();
  await live(page);
  await expect(page.getByText(/connection lost|server lost/i)).toHaveCount(0);
});

test('keyboard only: palette, market, shortcuts, pages', async ({ page }) => {
  await open(page);
  await live(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type('status');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/status$/);
  await expectNoSeriousViolation(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText(/shortcut/i);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('what is typed before a layer is there goes into it and nowhere else', async ({ page }) => {
  // The layer's code comes late, as it does over a slow line.
  await page.route(/overlays.*\.js/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  await open(page);
  await expect(chart(page)).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('status');
  await expect(page.getByRole('dialog').getByRole('combobox')).toHaveValue('status');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/status$/);

  await page.goto(product.url);
  await expect(chart(page)).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('avaz');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('x');
  await page.keyboard.press('Enter');
  await expect.poll(() => chartName(page)).toContain('AVAX/USDT 1m');
});

/** Pixels of the chart, as one sees it, that are no grey: none of them may be left on old prices. */
async function colouredPixels(page: Page): Promise<number> {
  const picture = (await chart(page).screenshot()).toString('base64');
  return await page.evaluate(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${picture}';
    await image.decode();
    const surface = new OffscreenCanvas(image.width, image.height).getContext('2d');
    surface.drawImage(image, 0, 0);
    const { data } = surface.getImageData(0, 0, image.width, image.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      const [r, g, b] = data.subarray(i, i + 3);
      if (Math.max(r, g, b) - Math.min(r, g, b) > 80) count++;
    }
    return count;
  })()`);
}

test('one price: the top bar and the watchlist say what the chart says', async ({ page }) => {
  await open(page);
  await live(page);
  await expect.poll(() => colouredPixels(page)).toBeGreaterThan(500);
  // Both in one go, between two ticks.
  const prices = () =>
    page.evaluate<(string | null)[]>(`
      ['header [data-feed] .quote', '[data-row][aria-current] .quote'].map((selector) =>
        /[\\d,]+\\.\\d+/.exec(document.querySelector(selector)?.textContent ?? '')?.[0] ?? null)
    `);
  for (let look = 0; look < 20; look++) {
    const [top, row] = await prices();
    expect(top).toMatch(/\d/);
    expect(row).toBe(top);
  }
  // Standing still, all three can be compared; and silence must show.
  await injectFault(product.venueUrl, { kind: 'silence', forMs: 30_000 });
  await expect(page.getByRole('banner').getByText('Stale', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await expect(chart(page)).toHaveAttribute('aria-label', /stale/i);
  await expect.poll(() => colouredPixels(page)).toBe(0);
  const [top, row] = await prices();
  expect(row).toBe(top);
  expect((await chartName(page)).replaceAll(',', '')).toContain(`Newest price ${top?.replaceAll(',', '')}`);
  await live(page);
});

test('stored data: fetch, cancel, delete', async ({ page }) => {
  await open(page, '/data');
  const form = page.getByRole('form', { name: 'Backfill' });
  const backfill = async (from: string) => {
    await form.getByLabel('From (UTC)').fill(from);
    await form.getByRole('button', { name: 'Backfill' }).click();
  };
  await backfill('nonsense');
  await expect(form.getByText(/A date such as/)).toBeVisible();

  await backfill('1990-01-01');
  await page.getByRole('button', { name: /^Cancel/ }).click();
  await expect(page.getByText('cancelled', { exact: true }).first()).toBeVisible();

  await page.getByRole('button', { name: 'Delete BTC/USDT 1m' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('BTC/USDT 1m');
  await dialog.getByRole('button', { name: /^Delete/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('BTC/USDT 1m deleted').first()).toBeVisible();
});

test('a candle file: refused by its line, then imported', async ({ page }) => {
  await open(page, '/data');
  const form = page.getByRole('form', { name: 'Import' });
  await form.getByLabel('Market').fill('doge/usdt');
  const send = (rows: readonly string[]) =>
    page.getByLabel('Candle file').setInputFiles({
      name: 'candles.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['time,open,high,low,close,volume', ...rows].join('\n')),
    });
  await send(['60000,1,2,0.5,1.5,10', '120000,1,2,0.5,dear,10']);
  await expect(form.getByRole('alert')).toContainText('line 3');
  await send(['60000,1,2,0.5,1.5,10', '120000,1,2,0.5,1.5,10']);
  await expect(page.getByText('2 candles added').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete DOGE/USDT 1m' })).toBeVisible();
  await expect(page.getByText('Which candles were corrected')).toHaveCount(0);

  await send(['120000,1,2,0.5,1.25,9.5']);
  await expect(page.getByText('1 corrected').first()).toBeVisible();
  await page.getByText('Which candles were corrected').click();
  const row = page.getByRole('table', { name: 'Corrections of DOGE/USDT 1m' }).getByRole('row').nth(1);
  await expect(row).toContainText(/1970.*Closewas 1\.5is 1\.25Volumewas 10is 9\.5.*by an import/);
  await expectNoSeriousViolation(page);
});

test('stored candles of a market that its exchange does not list are on the chart, never as live', async ({ page }) => {
  const rows = Array.from({ length: 50 }, (_, minute) => `${String(60_000 * (minute + 1))},1,2,0.5,1.5,10`);
  const query = 'exchange=local&symbol=GONE%2FUSDT&timeframe=1m';
  const imported = await fetch(`${product.url}/api/v1/datasets/import?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: ['time,open,high,low,close,volume', ...rows].join('\n'),
  });
  expect(imported.status).toBeLessThan(300);
  const complaints = await open(page, '/data');
  await page.getByRole('button', { name: 'Show GONE/USDT 1m on the chart' }).click();
  await expect.poll(() => chartName(page)).toContain('NOT LISTED');
  expect(await chartName(page)).not.toContain('still forming');
  await expect(page.getByRole('banner').locator('[data-feed="cached"]')).toContainText('1.5');
  await page.goto(`${product.url}/testing`);
  await expect(page.getByRole('button', { name: 'Market: GONE/USDT, not listed' })).toBeVisible();
  expect(complaints).toEqual([]);
});

const LOOKS = [
  { theme: 'dark', palette: 'classic' },
  { theme: 'light', palette: 'classic' },
  { theme: 'dark', palette: 'safe' },
  { theme: 'light', palette: 'safe' },
] as const;
for (const look of LOOKS) {
  test(`no serious accessibility violation: ${look.theme}, ${look.palette}`, async ({ page }) => {
    await choose(page, look);
    for (const path of ['/data', '/status', '/gallery', '/nowhere']) {
      await open(page, path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expectNoSeriousViolation(page);
    }
    await open(page);
    await live(page);
    await expectNoSeriousViolation(page);
    for (const key of ['/', 'Control+k', ',', 't', '?', 'a']) {
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNoSeriousViolation(page);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
  });
}
