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

/** Whether what has the focus lies under something else. */
const covered = (page: Page) =>
  page.evaluate<boolean>(`(() => {
    const at = document.activeElement;
    const { x, y, width, height } = at.getBoundingClientRect();
    return ![2, height / 2, height - 2].every((down) => {
      const top = document.elementFromPoint(x + width / 2, y + down);
      return top !== null && (at.contains(top) || top.contains(at));
    });
  })()`);

for (const width of [360, 768])
  test.describe(`the form of a strategy at ${String(width)} pixels`, () => {
    test.use({ viewport: { width, height: 740 }, hasTouch: true });

    test('fits, conditions inside conditions too, and what has the focus is in sight', async ({ page }) => {
      await page.goto(`${product.url}/strategies`);
      await page.getByRole('button', { name: 'New', exact: true }).click();
      const form = page.getByRole('form', { name: 'Strategy' });
      const entry = form.getByRole('group', { name: 'Enter long when', exact: true });
      await entry.getByRole('combobox', { name: 'Enter long when: kind' }).selectOption('all');
      await entry.getByRole('button', { name: 'Condition', exact: true }).click();
      const second = entry.getByRole('group', { name: 'Condition 2', exact: true });
      await second.getByRole('combobox', { name: 'Left: kind' }).selectOption('highest');
      expect(await sidewaysPx(page)).toBe(0);
      await form.getByRole('button', { name: 'Step of a profit table' }).focus();
      for (let step = 0; step < 45; step++) {
        await page.keyboard.press('Shift+Tab');
        if ((await page.evaluate('document.activeElement.closest("form") === null')) === true) break;
        const name = await page.evaluate('document.activeElement.outerHTML.slice(0, 300)');
        expect(await covered(page), String(name)).toBe(false);
      }
    });
  });

test.describe('a phone in Testing', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('has the figures in sight while the form is worked on, and the report one key away', async ({ page }) => {
    await page.goto(`${product.url}/testing`);
    const ways = page.getByRole('navigation', { name: 'Settings and report' });
    await expect(ways).toBeHidden();
    await page.getByRole('button', { name: /^Strategy/ }).press('Enter');
    await page.keyboard.type('rsi');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    const toReport = ways.getByRole('button', { name: /^Report/ });
    await expect(toReport).toContainText('%', { timeout: 60_000 });
    await expect(page.locator('[data-hash]')).toBeAttached({ timeout: 60_000 });

    // The form is long; the way on stays where it is, and follows the slider.
    const slider = page.getByRole('slider', { name: 'Trend EMA slider' });
    await slider.focus();
    const before = await toReport.innerText();
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowLeft');
    await expect(toReport).toBeInViewport();
    await expect.poll(() => toReport.innerText()).not.toBe(before);

    await toReport.press('Enter');
    const report = page.getByRole('region', { name: 'Report', exact: true });
    await expect(report).toBeFocused();
    const total = report.locator('[data-metric="totalReturn"]');
    await expect(total).toBeInViewport();
    await expect(toReport).toHaveAttribute('aria-current', 'true');
    // What is under the hand next is in the report.
    await page.keyboard.press('Tab');
    await expect(report.locator(':focus')).toBeVisible();

    await ways.getByRole('button', { name: 'Settings' }).press('Enter');
    await expect(page.getByRole('form', { name: 'What to test' })).toBeFocused();
    await expect(page.getByRole('button', { name: /^Strategy/ })).toBeInViewport();
    // Running is asking for the report.
    await page.getByRole('button', { name: 'Run', exact: true }).press('Enter');
    await expect(total).toBeInViewport();
    expect(await sidewaysPx(page)).toBe(0);
  });

  test('shows the months there are, and two runs beside each other', async ({ page }) => {
    await page.goto(`${product.url}/testing`);
    await page.getByRole('button', { name: /^Strategy/ }).press('Enter');
    await page.keyboard.type('ema cross');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-hash]')).toBeAttached({ timeout: 60_000 });
    const report = page.getByRole('region', { name: 'Report', exact: true });
    const months = report.getByRole('group', { name: 'Returns by month' });
    await months.scrollIntoViewIfNeeded();
    await expect(months.getByRole('cell', { name: /^[+−]\d/ }).first()).toBeInViewport({ ratio: 1 });

    // Each names itself on its buttons: at length, and not beyond the screen.
    for (let run = 0; run < 2; run++) await report.getByRole('button', { name: 'Keep' }).click();
    await report.getByRole('tab', { name: /^Compare/ }).click();
    const values = report.getByRole('group', { name: 'Metrics side by side' }).getByRole('definition');
    await values.nth(0).scrollIntoViewIfNeeded();
    for (const run of [0, 1]) await expect(values.nth(run)).toBeInViewport({ ratio: 1 });
    expect(await sidewaysPx(page)).toBe(0);
  });
});

test('a tablet opens the watchlist from the rail', async ({ page }) => {
  await page.setViewportSize({ width: 768, height: 1024 });
  await page.goto(product.url);
  // The whole bar is there once everything in it is.
  const bar = page.getByRole('banner');
  await expect(bar.getByRole('button', { name: /create one$/ })).toBeVisible();
  await expect(bar.getByText('Live', { exact: true }).filter({ visible: true })).toBeVisible({ timeout: 30_000 });
  const settings = await bar.getByRole('button', { name: 'Settings' }).boundingBox();
  expect((settings?.x ?? 0) + (settings?.width ?? 0)).toBeLessThanOrEqual(768);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Watch' }).click();
  const drawer = page.getByRole('dialog', { name: 'Watchlist' });
  await drawer.getByText('ETH/USDT').click();
  await expect(drawer).toBeHidden();
  await expect(page.getByRole('button', { name: /^Market:/ })).toContainText('ETH');
});
