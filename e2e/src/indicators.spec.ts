import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { createWickClient } from '@wickworks/client';
import { WebSocket } from 'ws';
import { startProduct, type Product } from './product.js';

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.dispose());

const chart = (page: Page) => page.getByRole('application');
const row = (page: Page, title: string) => chart(page).getByRole('group', { name: title, exact: true });
const shot = async (page: Page, name: string) => {
  const folder = process.env['WICK_SHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
};

async function open(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(product.url);
  await expect
    .poll(async () => (await chart(page).getAttribute('aria-label')) ?? '', { timeout: 30_000 })
    .toContain('still forming');
  return complaints;
}

async function expectNoSeriousViolation(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}

/** The workspace is written shortly after the last change. */
const expectSaved = (page: Page, count: number) =>
  expect
    .poll(() => page.evaluate(`JSON.parse(localStorage.getItem('wickworks.workspace')).workspace.indicators.length`))
    .toBe(count);

/** Adds indicators as a person without a mouse does. */
async function addByKeyboard(page: Page, ...queries: string[]): Promise<void> {
  await chart(page).focus();
  await page.keyboard.press('i');
  const field = page.getByRole('combobox', { name: 'Indicators' });
  for (const query of queries) {
    await expect(field).toBeFocused();
    await expect(field).toHaveValue('');
    await page.keyboard.type(query);
    await expect(page.getByRole('option').first()).toContainText(new RegExp(query, 'i'));
    await page.keyboard.press('Enter');
  }
  await shot(page, `picker-${queries[0] ?? ''}`);
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
}

test('indicators by keyboard: add, change a period, save as a template, find it again after a reload', async ({
  page,
}) => {
  const complaints = await open(page);
  await addByKeyboard(page, 'ema', 'rsi', 'bollinger');
  for (const title of ['EMA 20', 'RSI 14', 'BBANDS 20 2 2']) await expect(row(page, title)).toBeVisible();
  await expect(row(page, 'EMA 20')).toContainText(/[\d,]+\.\d\d/);
  await expect(row(page, 'BBANDS 20 2 2')).toContainText(/Upper [\d,]+\.\d\d.*Middle.*Lower/);
  await expect(page.getByRole('separator', { name: 'Height of the RSI 14 pane' })).toBeVisible();
  await shot(page, 'three');
  await expectNoSeriousViolation(page);

  await page.getByRole('button', { name: 'Edit EMA 20' }).focus();
  await page.keyboard.press('Enter');
  const period = page.getByLabel('Period');
  await expect(period).toBeVisible();
  await period.fill('0');
  await expect(page.getByRole('alert').filter({ hasText: 'must lie between 1 and' })).toBeVisible();
  await expectNoSeriousViolation(page);
  await shot(page, 'form-error');
  await period.fill('50');
  await expect(page.getByRole('alert').filter({ hasText: 'must lie between' })).toBeHidden();
  await shot(page, 'form');
  await page.keyboard.press('Enter');
  await expect(row(page, 'EMA 50')).toBeVisible();
  await expect(row(page, 'EMA 20')).toBeHidden();

  await chart(page).focus();
  await page.keyboard.press('Shift+T');
  await page.getByLabel('Save the chart as').fill('My look');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Templates' })).toContainText('EMA · RSI · BBANDS');
  await expectNoSeriousViolation(page);
  await shot(page, 'templates');
  await page.keyboard.press('Escape');

  for (const title of ['EMA 50', 'RSI 14', 'BBANDS 20 2 2']) {
    await page.getByRole('button', { name: `Remove ${title}` }).focus();
    await page.keyboard.press('Enter');
    await expect(row(page, title)).toBeHidden();
    await expect(chart(page)).toBeFocused();
  }
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(row(page, 'BBANDS 20 2 2')).toBeVisible();
  await page.getByRole('button', { name: 'Remove BBANDS 20 2 2' }).click();

  await expectSaved(page, 0);
  await page.reload();
  await expect(chart(page)).toBeVisible();
  await expect(chart(page).getByRole('group')).toHaveCount(0);
  await chart(page).focus();
  await page.keyboard.press('Shift+T');
  await page.getByRole('button', { name: 'Apply My look' }).press('Enter');
  for (const title of ['EMA 50', 'RSI 14', 'BBANDS 20 2 2']) await expect(row(page, title)).toBeVisible();
  await expectSaved(page, 3);
  await page.reload();
  for (const title of ['EMA 50', 'RSI 14', 'BBANDS 20 2 2']) await expect(row(page, title)).toBeVisible();
  expect(complaints).toEqual([]);
});

test('panes move and close, hiding keeps the row, what history adds is calculated too', async ({ page }) => {
  await open(page);
  await addByKeyboard(page, 'rsi', 'macd', 'ichimoku');
  const paneOf = async (title: string) => (await row(page, title).boundingBox())?.y ?? NaN;
  const macd = 'MACD 12 26 9';
  await expect.poll(async () => (await paneOf(macd)) > (await paneOf('RSI 14'))).toBe(true);
  await page.getByRole('button', { name: `Move up ${macd}` }).press('Enter');
  await expect.poll(async () => (await paneOf(macd)) < (await paneOf('RSI 14'))).toBe(true);
  await page.getByRole('button', { name: `Hide ${macd}` }).press('Enter');
  await expect(row(page, macd)).not.toContainText('Signal');
  await expect(page.getByRole('button', { name: `Show ${macd}` })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row(page, macd)).toContainText('Signal');
  await shot(page, 'panes');

  await chart(page).focus();
  await page.keyboard.press('Home');
  const oldest = () => page.evaluate(`document.querySelector('.wick-chart').getAttribute('aria-label')`);
  const before = await oldest();
  await expect.poll(oldest).not.toBe(before);
  await page.keyboard.press('ArrowLeft');
  await expect(row(page, 'RSI 14')).toContainText(/RSI 14\s*\d+\.\d+/);
});

test('volume profiles: of what is in sight, and from a chosen time on', async ({ page }) => {
  const complaints = await open(page);
  await addByKeyboard(page, 'vp-visible', 'vp-fixed');
  const visible = row(page, 'VP-VISIBLE 24');
  await expect(visible).toContainText(/POC [\d,]+\.\d\d.*VAH [\d,]+\.\d\d.*VAL [\d,]+\.\d\d/);
  await expect(row(page, 'VP-FIXED 24 all')).toContainText(/POC [\d,]+\.\d\d/);
  const before = await visible.textContent();
  await chart(page).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => visible.textContent()).not.toBe(before);
  await page.keyboard.press('End');

  await page.getByRole('button', { name: 'Edit VP-FIXED 24 all' }).press('Enter');
  await page.getByLabel('From (UTC)').fill('2020-01-02T03:04');
  await page.getByLabel('To (UTC)').fill('2020-01-01T00:00');
  await expect(page.getByRole('alert').filter({ hasText: 'must lie after the beginning' })).toBeVisible();
  await page.getByLabel('To (UTC)').fill('');
  await expect(page.getByRole('dialog', { name: 'VP-FIXED 24 2020-01-02 03:04Z' })).toBeVisible();
  await expectNoSeriousViolation(page);
  await shot(page, 'profile-form');
  await page.getByRole('button', { name: 'Done' }).press('Enter');
  await expect(row(page, 'VP-FIXED 24 2020-01-02 03:04Z')).toContainText('POC');
  await shot(page, 'profile-one');
  await expectSaved(page, 2);
  await page.reload();
  await expect(visible).toContainText('POC');
  expect(complaints).toEqual([]);
});

test('a template keeps what is drawn on: profiles, marks and clouds are saved, loaded, shared and deleted', async ({
  page,
}) => {
  const complaints = await open(page);
  await addByKeyboard(page, 'vp-fixed', 'vp-visible', 'zigzag', 'ichimoku');
  await page.getByRole('button', { name: 'Edit VP-FIXED 24 all' }).press('Enter');
  await page.getByLabel('From (UTC)').fill('2020-01-02T03:04');
  await page.getByLabel('Rows').fill('40');
  await page.getByRole('radio', { name: 'Violet' }).first().check();
  await page.getByRole('button', { name: 'Done' }).press('Enter');
  const titles = ['VP-FIXED 40 2020-01-02 03:04Z', 'VP-VISIBLE 24', 'ZIGZAG 5', 'ICHIMOKU 9 26 52 26'];
  for (const title of titles) await expect(row(page, title)).toBeVisible();
  const choices = (): Promise<unknown> =>
    page.evaluate(
      `JSON.parse(localStorage.getItem('wickworks.workspace')).workspace.indicators.map(({ id, ...rest }) => rest)`,
    );
  await expectSaved(page, 4);
  const before = await choices();

  // Saved; exported to a file; deleted for good, which Undo would not survive.
  await chart(page).focus();
  await page.keyboard.press('Shift+T');
  await page.getByLabel('Save the chart as').fill('Drawn on');
  await page.keyboard.press('Enter');
  const list = page.getByRole('list', { name: 'Templates' });
  await expect(list).toContainText('VP-FIXED · VP-VISIBLE · ZIGZAG · ICHIMOKU');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export Drawn on' }).press('Enter');
  const file = await (await saving).path();
  expect(readFileSync(file, 'utf8')).toContain('"fromMs": 1577934240000');
  await page.getByRole('button', { name: 'Delete Drawn on' }).press('Enter');
  await expect(list).toBeHidden();
  await expectNoSeriousViolation(page);
  // The offer to undo lies above the dialog and goes first.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  for (const title of titles) await page.getByRole('button', { name: `Remove ${title}` }).press('Enter');
  await expectSaved(page, 0);

  // Another visit: refused by what is wrong with it, then taken, applied, and found again.
  await page.reload();
  await expect(chart(page)).toBeVisible();
  await chart(page).focus();
  await page.keyboard.press('Shift+T');
  const input = page.getByLabel('Template file');
  await input.setInputFiles({ name: 'no.json', mimeType: 'application/json', buffer: Buffer.from('{"kind":1}') });
  await expect(page.getByRole('alert').filter({ hasText: 'not a chart template' })).toBeVisible();
  await input.setInputFiles({ name: 'drawn.json', mimeType: 'application/json', buffer: readFileSync(file) });
  await expect(list).toContainText('Drawn on');
  await expect(page.getByRole('alert').filter({ hasText: 'not a chart template' })).toBeHidden();
  await page.getByRole('button', { name: 'Apply Drawn on' }).press('Enter');
  for (const title of titles) await expect(row(page, title)).toBeVisible();
  await expect(row(page, titles[0] ?? '')).toContainText(/POC [\d,]+\.\d\d/);
  await expectSaved(page, 4);
  expect(await choices()).toEqual(before);
  await page.reload();
  for (const title of titles) await expect(row(page, title)).toBeVisible();
  await shot(page, 'template-drawn-on');
  expect(complaints).toEqual([]);
});

test('indicators are found by what people call them; the ones used last come first', async ({ page }) => {
  await open(page);
  await chart(page).focus();
  await page.keyboard.press('i');
  const field = page.getByRole('combobox', { name: 'Indicators' });
  const first = page.getByRole('option').first();
  for (const [query, title] of [
    ['bb', 'Bollinger Bands'],
    ['bolinger', 'Bollinger Bands'],
    ['psar', 'Parabolic SAR'],
    ['ta.wpr', "Williams' %R"],
    ['candlestick', 'Doji'],
    ['vpvr', 'Volume profile (visible)'],
  ] as const) {
    await field.fill(query);
    await expect(page.getByRole('listbox', { name: 'Indicators' })).toContainText(title);
    if (query !== 'candlestick') await expect(first).toContainText(title);
  }
  await field.fill('bb');
  await expect(first).toContainText('Bollinger Bands');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(row(page, 'BBANDS 20 2 2')).toBeVisible();
  await chart(page).focus();
  await page.keyboard.press('i');
  await expect(first).toContainText('Bollinger Bands');
  await expect(first).toContainText('recent');
  await page.keyboard.press('Escape');

  // From the legend: hidden, edited and removed without a mouse.
  await page.getByRole('button', { name: 'Hide BBANDS 20 2 2' }).press('Enter');
  await expect(row(page, 'BBANDS 20 2 2')).not.toContainText('Upper');
  await page.getByRole('button', { name: 'Show BBANDS 20 2 2' }).press('Enter');
  await page.getByRole('button', { name: 'Edit BBANDS 20 2 2' }).press('Enter');
  await page.getByLabel('Period').fill('x');
  await expect(
    page
      .getByRole('alert')
      .filter({ hasText: /number|between/ })
      .first(),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Edit BBANDS 20 2 2' }).press('Delete');
  await expect(row(page, 'BBANDS 20 2 2')).toBeHidden();
});

test.describe('a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('folds the legends of several indicators into one line, which opens by keyboard', async ({ page }) => {
    await open(page);
    await addByKeyboard(page, 'ema', 'bollinger', 'ichimoku');
    const legend = page.locator('.wick-chart-legend').first();
    const fold = chart(page).getByRole('button', { name: '3 indicators' });
    const heightPx = async () => (await legend.boundingBox())?.height;
    await expect(fold).toHaveAttribute('aria-expanded', 'false');
    await expect(row(page, 'EMA 20')).toBeHidden();
    // Three lines of the candle's values and that one.
    expect(await heightPx()).toBeLessThan(90);
    await expectNoSeriousViolation(page);
    await shot(page, 'phone-folded');

    await fold.press('Enter');
    await expect(fold).toHaveAttribute('aria-expanded', 'true');
    await expect(row(page, 'EMA 20')).toContainText(/[\d,]+\.\d\d/);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Hide EMA 20' })).toBeFocused();
    await expectNoSeriousViolation(page);
    await shot(page, 'phone-unfolded');
    await fold.press('Space');
    await expect(row(page, 'EMA 20')).toBeHidden();

    // One row stands for itself, and a wide screen has room for all.
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect(fold).toBeHidden();
    await page.getByRole('button', { name: 'Remove EMA 20' }).press('Enter');
    await page.getByRole('button', { name: 'Remove ICHIMOKU 9 26 52 26' }).press('Enter');
    await page.setViewportSize({ width: 360, height: 740 });
    await expect(row(page, 'BBANDS 20 2 2')).toBeVisible();
  });
});

test('the browser calculates what the server sends', async ({ page }) => {
  await open(page);
  await addByKeyboard(page, 'ema', 'rsi', 'bollinger');
  await expect(row(page, 'RSI 14')).toContainText(/\d/);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save visible candles as CSV' }).click();
  const lines = readFileSync(await (await downloading).path(), 'utf8')
    .trim()
    .split('\n');
  const names = lines[0]?.split(',') ?? [];
  expect(names.slice(6)).toEqual([
    'EMA 20',
    'RSI 14',
    'BBANDS 20 2 2 Upper',
    'BBANDS 20 2 2 Middle',
    'BBANDS 20 2 2 Lower',
  ]);
  // The last one was still forming when it was saved.
  const rows = lines.slice(1, -1).map((line) => line.split(',').map(Number));
  expect(rows.length).toBeGreaterThan(50);

  const client = createWickClient({ baseUrl: `${product.url}/api/v1`, WebSocket });
  const told = new Map<number, Readonly<Record<string, readonly (number | null)[]>>>();
  const subscription = client.ohlcv.subscribe(
    {
      exchange: 'local',
      symbol: 'BTC/USDT',
      timeframe: '1m',
      limit: 1_000,
      indicators: [{ id: 'ema' }, { id: 'rsi' }, { id: 'bbands' }],
    },
    {
      onSnapshot: ({ candles, indicators }) => {
        const columns = [
          indicators?.['ema']?.['ema'],
          indicators?.['rsi']?.['rsi'],
          indicators?.['bbands']?.['upper'],
          indicators?.['bbands']?.['middle'],
          indicators?.['bbands']?.['lower'],
        ];
        for (let index = 0; index < candles.length; index++) {
          const time = candles.time[index];
          if (time !== undefined) told.set(time, { values: columns.map((column) => column?.[index] ?? null) });
        }
      },
    },
  );
  await expect.poll(() => told.size).toBeGreaterThan(500);
  subscription.unsubscribe();
  client.close();
  let compared = 0;
  for (const [time = 0, , , , , , ...values] of rows) {
    for (const [column, value] of values.entries()) {
      const expected = told.get(time)?.['values']?.[column];
      if (expected === undefined || expected === null) continue;
      expect(Math.abs(value - expected), `${names[6 + column] ?? ''} at ${String(time)}`).toBeLessThanOrEqual(
        Math.abs(expected) * 1e-9,
      );
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(250);
});
