import { expect, test, type Page } from '@playwright/test';
import { startProduct, type Product } from './product.js';

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.dispose());

const sidewaysPx = (page: Page) =>
  page.evaluate<number>(`Math.max(
    document.documentElement.scrollWidth - innerWidth,
    document.querySelector('main').scrollWidth - document.querySelector('main').clientWidth,
  )`);

test.describe('a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('names its market in full and gives most of the screen to the chart', async ({ page }) => {
    await page.goto(product.url);
    const chart = page.getByRole('application');
    await expect.poll(() => chart.getAttribute('aria-label'), { timeout: 30_000 }).toContain('still forming');
    const name = page.getByRole('button', { name: /^Market:/ }).getByText('BTC/USDT');
    const cutPx = (element: { scrollWidth: number; clientWidth: number }) => element.scrollWidth - element.clientWidth;
    expect(await name.evaluate(cutPx)).toBe(0);
    expect((await chart.boundingBox())?.height).toBeGreaterThan(0.6 * 740);
    await expect(page.getByRole('columnheader')).toHaveCount(0);
    await page.getByRole('button', { name: 'Table of candles' }).click();
    await expect(page.getByRole('columnheader').first()).toBeVisible();
  });

  test('lists fill it, and no page is wider than it', async ({ page }) => {
    await page.goto(product.url);
    await page.getByRole('button', { name: /^Timeframe:/ }).click();
    const list = page.getByRole('listbox', { name: 'Timeframes' });
    await expect.poll(async () => (await list.boundingBox())?.height).toBeGreaterThan(600);
    for (const path of ['/', '/data', '/status', '/strategies', '/testing', '/gallery', '/setup', '/nowhere']) {
      await page.goto(product.url + path);
      await page.getByRole('heading').first().waitFor({ state: 'attached' });
      expect(await sidewaysPx(page), path).toBe(0);
    }
  });
});

test('a tablet opens the watchlist from the rail', async ({ page }) => {
  await page.setViewportSize({ width: 820, height: 1180 });
  await page.goto(product.url);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Watch' }).click();
  const drawer = page.getByRole('dialog', { name: 'Watchlist' });
  await drawer.getByText('ETH/USDT').click();
  await expect(drawer).toBeHidden();
  await expect(page.getByRole('button', { name: /^Market:/ })).toContainText('ETH');
});
