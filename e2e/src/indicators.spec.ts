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
