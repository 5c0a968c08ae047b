import { createHash } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type CDPSession, type Page } from '@playwright/test';
import { startProduct, type Product } from './product.js';

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.dispose());

interface Point {
  readonly x: number;
  readonly y: number;
}

const chart = (page: Page) => page.getByRole('application');
const summary = async (page: Page) => (await chart(page).getAttribute('aria-label')) ?? '';
const inSight = async (page: Page) => Number(/(\d+) in sight/.exec(await summary(page))?.[1]);
/** Open, high, low and close of the candle under the crosshair, of the newest without one. */
const legend = async (page: Page) => (await page.locator('.wick-chart-legend').first().textContent()) ?? '';
/** A hash of candles and axes as the browser encodes them; while the view moves, the crosshair is painted with them. */
const picture = async (page: Page) => {
  const url = String(await page.evaluate(`document.querySelector('.wick-chart-pad canvas').toDataURL()`));
  return createHash('sha256').update(url).digest('hex');
};

/** The chart scrolled back, where no new candle moves it; `at` names a point by its share of width and height. */
async function openHistory(page: Page): Promise<(x: number, y: number) => Point> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(product.url);
  await expect.poll(() => summary(page), { timeout: 30_000 }).toContain('still forming');
  await chart(page).focus();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  await expect(page.getByRole('button', { name: 'Go to the newest candle' })).toBeVisible();
  const box = await chart(page).boundingBox();
  if (!box) throw new Error('the chart has no box');
  return (x, y) => ({ x: Math.round(box.x + box.width * x), y: Math.round(box.y + box.height * y) });
}

/** The legend once it shows another candle than `before`. */
async function legendAfter(page: Page, before: string): Promise<string> {
  await expect.poll(() => legend(page)).not.toBe(before);
  return legend(page);
}

async function drag(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

test('the wheel zooms about the candle under the cursor', async ({ page }) => {
  const at = await openHistory(page);
  const newest = await legend(page);
  const { x, y } = at(0.4, 0.4);
  await page.mouse.move(x, y);
  const pointed = await legendAfter(page, newest);
  const count = await inSight(page);
  for (let turn = 0; turn < 3; turn++) await page.mouse.wheel(0, -240);
  await expect.poll(() => inSight(page)).toBeLessThan(count / 2);
  expect(await legend(page)).toBe(pointed);
  for (let turn = 0; turn < 6; turn++) await page.mouse.wheel(0, 240);
  await expect.poll(() => inSight(page)).toBeGreaterThan(count * 2);
  expect(await legend(page)).toBe(pointed);
});

test('a drag takes the candle along with the cursor', async ({ page }) => {
  const at = await openHistory(page);
  const newest = await legend(page);
  const from = at(0.4, 0.4);
  const to = at(0.6, 0.4);
  await page.mouse.move(to.x, to.y);
  const there = await legendAfter(page, newest);
  await page.mouse.move(from.x, from.y);
  const pointed = await legendAfter(page, there);
  await drag(page, from, to);
  await expect.poll(() => legend(page)).toBe(pointed);
});

test('axes are dragged to scale them, a double click gives the scale back', async ({ page }) => {
  const at = await openHistory(page);
  const newest = await legend(page);
  const { x, y } = at(0.4, 0.4);
  await page.mouse.move(x, y);
  await legendAfter(page, newest);
  const before = await picture(page);
  await drag(page, at(0.97, 0.3), at(0.97, 0.5));
  await expect.poll(() => picture(page)).not.toBe(before);
  const axis = at(0.97, 0.3);
  await page.mouse.dblclick(axis.x, axis.y);
  await expect.poll(() => picture(page)).toBe(before);
  const count = await inSight(page);
  await drag(page, at(0.4, 0.985), at(0.6, 0.985));
  await expect.poll(() => inSight(page)).toBeLessThan(count);
});

test('keys move the crosshair, speak the candle, zoom and go to the newest', async ({ page }) => {
  await openHistory(page);
  const live = page.locator('.wick-chart [aria-live=polite]');
  await page.keyboard.press('ArrowLeft');
  await expect(live).toContainText(/open .* high .* low .* close/);
  const first = await live.textContent();
  await page.keyboard.press('ArrowLeft');
  await expect(live).not.toHaveText(first ?? '');
  await page.keyboard.press('ArrowRight');
  await expect(live).toHaveText(first ?? '');
  const count = await inSight(page);
  for (let press = 0; press < 4; press++) await page.keyboard.press('+');
  await expect.poll(() => inSight(page)).toBeLessThan(count);
  await page.keyboard.press('End');
  await expect(page.getByRole('button', { name: 'Go to the newest candle' })).toBeHidden();
});

test('another theme repaints the chart while it is mounted, and it has no serious accessibility violation', async ({
  page,
}) => {
  await openHistory(page);
  const shown = await page.evaluate('document.documentElement.dataset.theme');
  for (const theme of shown === 'light' ? ['dark', 'light'] : ['light', 'dark']) {
    const before = await picture(page);
    await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
    await expect.poll(() => picture(page)).not.toBe(before);
    const { violations } = await new AxeBuilder({ page }).include('.wick-chart-frame').analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  }
});

test.describe('touch', () => {
  test.use({ hasTouch: true });

  const touch = (cdp: CDPSession, type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: readonly Point[]) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: touchPoints.map((point, id) => ({ ...point, id })) });

  test('one finger pans, two pinch, a long press moves the crosshair', async ({ page, context }) => {
    const at = await openHistory(page);
    const cdp = await context.newCDPSession(page);
    const before = await picture(page);
    const count = await inSight(page);
    await touch(cdp, 'touchStart', [at(0.3, 0.4)]);
    for (const x of [0.35, 0.45, 0.55]) await touch(cdp, 'touchMove', [at(x, 0.4)]);
    await touch(cdp, 'touchEnd', []);
    await expect.poll(() => picture(page)).not.toBe(before);
    expect(await inSight(page)).toBe(count);

    await touch(cdp, 'touchStart', [at(0.45, 0.4), at(0.55, 0.4)]);
    for (const apart of [0.1, 0.15, 0.2]) await touch(cdp, 'touchMove', [at(0.5 - apart, 0.4), at(0.5 + apart, 0.4)]);
    await touch(cdp, 'touchEnd', []);
    await expect.poll(() => inSight(page)).toBeLessThan(count / 2);

    const newest = await legend(page);
    await touch(cdp, 'touchStart', [at(0.5, 0.4)]);
    const pressed = await legendAfter(page, newest);
    await touch(cdp, 'touchMove', [at(0.3, 0.3)]);
    await legendAfter(page, pressed);
    await touch(cdp, 'touchEnd', []);
  });
});
