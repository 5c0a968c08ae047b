import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { startProduct, type Product } from './product.js';

const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url));

/** Takes the pictures of README and docs; only when asked for, since every run draws other prices. */
if (process.env['WICK_SCREENSHOTS'] === '1') pictures();

function pictures(): void {
  let product: Product;
  test.beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    product = await startProduct({ WICK_VENUE_SPEED: '20' });
  });
  test.afterAll(() => product.dispose());

  async function open(page: Page, path: string, workspace: Readonly<Record<string, unknown>>): Promise<void> {
    const saved = JSON.stringify(JSON.stringify({ version: 1, workspace: { timeZone: 'utc', ...workspace } }));
    await page.addInitScript(`localStorage.setItem('wickworks.workspace', ${saved})`);
    await page.goto(product.url + path);
  }
  async function live(page: Page): Promise<void> {
    // Wide and narrow screens each have a chip of their own in the page.
    const word = page.getByRole('banner').getByText('Live', { exact: true }).filter({ visible: true });
    await expect(word.first()).toBeVisible({ timeout: 30_000 });
    await expect.poll(() => page.getByRole('application').getAttribute('aria-label')).toContain('still forming');
  }
  const take = async (page: Page, name: string): Promise<void> => {
    await page.evaluate('document.fonts.ready');
    // Looking for something to click may have scrolled.
    await page.evaluate('document.querySelector("main").scrollTo(0, 0)');
    // Fading in is no picture.
    await page.screenshot({ path: `${FOLDER}${name}.png`, animations: 'disabled', caret: 'hide' });
  };

  test('dashboard, dark', async ({ page }) => {
    await open(page, '/', { theme: 'dark', volume: true, tableOpen: true });
    await live(page);
    await take(page, 'dashboard-dark');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill('time');
    await take(page, 'palette');
  });

  test('dashboard, light', async ({ page }) => {
    const look = { theme: 'light', palette: 'safe', chartKind: 'heikin-ashi' };
    await open(page, '/', { ...look, symbol: 'ETH/USDT', timeframe: '1h', tableOpen: false });
    await live(page);
    await take(page, 'dashboard-light');
  });

  test('dashboard, phone', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, '/', { theme: 'dark', tableOpen: false });
    await live(page);
    await take(page, 'dashboard-phone');
  });

  test('stored data', async ({ page }) => {
    await open(page, '/', { theme: 'dark' });
    await live(page);
    for (const [symbol, timeframe] of [
      ['ETH/USDT', '5m'],
      ['AVAX/USDT', '1h'],
      ['LINK/USDT', '15m'],
    ]) {
      const state = await fetch(`${product.venueUrl}/api/v3/time`);
      const { serverTime } = (await state.json()) as { serverTime: number };
      const reply = await page.request.post(`${product.url}/api/v1/datasets/backfill`, {
        data: { exchange: 'local', symbol, timeframe, fromMs: serverTime - 3 * 86_400_000 },
      });
      expect(reply.ok(), await reply.text()).toBe(true);
    }
    await page.goto(`${product.url}/data`);
    await expect(page.getByText('LINK/USDT').first()).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText(/^running$|^queued$/i)).toHaveCount(0, { timeout: 60_000 });
    await take(page, 'data');
  });

  test('strategies and a backtest', async ({ page }) => {
    await open(page, '/strategies', { theme: 'light', symbol: 'AVAX/USDT' });
    await page.getByRole('button', { name: /^Mean reversion/ }).click();
    await expect(page.getByRole('textbox', { name: 'Strategy as JSON' })).toContainText('rsiPeriod');
    await take(page, 'strategies');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(page.locator('[data-hash]')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('No bias found')).toBeVisible({ timeout: 60_000 });
    await take(page, 'testing');
    await page.getByRole('tab', { name: /^Trades/ }).click();
    await page.getByRole('button', { name: 'Worst' }).click();
    await expect(page.getByRole('region', { name: /^Explanation|^Trade [\d,]+ explained/ }).first()).toContainText(
      'Left by',
    );
    await page.mouse.move(0, 0);
    await take(page, 'trades');
  });

  test('gallery', async ({ page }) => {
    await open(page, '/gallery', { theme: 'dark' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await take(page, 'gallery');
  });
}
