import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Browser, type Locator, type Page, type TestInfo } from '@playwright/test';
import { readFile, writeFile } from 'node:fs/promises';
import { startProduct, type Product } from './product.js';

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.dispose());

/** Opens a page; what its console complains about lands in the list. */
async function open(page: Page, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(product.url + path);
  return complaints;
}

async function expectNoSeriousViolation(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}

/** Fingerprint of the full run on the screen; waits until it has one. */
async function resultHash(page: Page): Promise<string> {
  const badge = page.locator('[data-hash]');
  await expect(badge).toBeVisible({ timeout: 60_000 });
  return (await badge.getAttribute('data-hash')) ?? '';
}

const equityText = (page: Page) =>
  page.getByRole('slider', { name: 'Equity, drawdown and exposure' }).getAttribute('aria-valuetext');

async function pick(page: Page, control: string | RegExp, typed: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: control }).click();
  await page.keyboard.type(typed);
  await page.locator('[role="option"]').first().waitFor();
  await page.keyboard.press('Enter');
}

test('from an idea to a verified result: form, a year of minutes, slider, worst trade, export, verify', async ({
  page,
  browser,
}, info) => {
  test.setTimeout(150_000);
  const complaints = await open(page, '/strategies');

  // The form: an RSI and an EMA, a rule that needs both.
  await page.getByRole('button', { name: 'New', exact: true }).click();
  const form = page.getByRole('form', { name: 'Strategy' });
  await form.getByLabel('Name', { exact: true }).first().fill('RSI with the trend');
  await form.getByRole('combobox', { name: 'Timeframe' }).first().click();
  await page.getByRole('option', { name: '1m', exact: true }).click();
  await pick(page, /^Add an indicator/, 'exponential moving average');
  const ema = form.getByRole('group', { name: /^ema/ });
  await ema.getByLabel('Period').fill('200');
  const entry = form.getByRole('group', { name: 'Enter long when', exact: true });
  await entry.getByRole('combobox', { name: 'Enter long when: kind' }).selectOption('all');
  await entry.getByRole('button', { name: 'Condition', exact: true }).click();
  const second = entry.getByRole('group', { name: 'Condition 2', exact: true });
  await second.getByRole('combobox', { name: 'Right', exact: true }).fill('ema');
  await expect(page.getByRole('textbox', { name: 'Strategy as JSON' })).toContainText('"ema"');
  await expectNoSeriousViolation(page);
  await page.getByRole('button', { name: 'Test', exact: true }).click();

  // A year of one-minute candles.
  await expect(page).toHaveURL(/\/testing$/);
  await pick(page, /^Market/, 'btc/usd');
  await page.getByRole('radio', { name: '1Y' }).click();
  await expect(page.getByText(/52[0-9],\d{3} candles in/)).toBeVisible({ timeout: 120_000 });
  const before = await resultHash(page);
  const curve = await equityText(page);

  // The slider: the curve follows while the hand is still on it.
  const slider = page.getByRole('slider', { name: 'RSI period slider' });
  await slider.focus();
  for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowRight');
  await expect.poll(() => equityText(page), { timeout: 30_000 }).not.toBe(curve);
  await expect.poll(() => resultHash(page), { timeout: 60_000 }).not.toBe(before);
  const runMs = await page.locator('[data-run-ms]').getAttribute('data-run-ms');
  const frameP95 = await page.locator('[data-frame-p95]').getAttribute('data-frame-p95');
  info.annotations.push({ type: 'figures', description: `run ${String(runMs)} ms, frame p95 ${String(frameP95)} ms` });
  await expectNoSeriousViolation(page);

  // The worst trade explains itself.
  await page.getByRole('tab', { name: /^Trades/ }).click();
  await page.getByRole('button', { name: 'Worst' }).click();
  const explained = page.getByRole('region', { name: /^Trade [\d,]+ explained/ });
  await expect(explained).toContainText('RSI recovers');
  await expect(explained).toContainText('At the close it was decided on');
  await expect(explained).toContainText('ema');
  await expectNoSeriousViolation(page);

  // A file that verifies itself: here, and as a page without a server.
  const hash = await resultHash(page);
  const { json: text, html } = await shareAndVerify(page);
  expect(text).toContain(hash);
  await expectVerdicts(browser, info, [['as it is', html, 'same', hash]]);

  // A changed figure is found out.
  const forged = text.replace(/"takerFeeBps":10/g, '"takerFeeBps":9');
  expect(forged).not.toBe(text);
  await page
    .getByLabel('Result file to verify')
    .setInputFiles({ name: 'forged.json', mimeType: 'application/json', buffer: Buffer.from(forged) });
  await expect(page.locator('[data-verdict="different"]')).toBeVisible({ timeout: 60_000 });
  expect(complaints).toEqual([]);
});

/** Opens the dialog, saves the result in both forms and verifies the file there. */
async function shareAndVerify(page: Page): Promise<{ json: string; html: string }> {
  await page.getByRole('button', { name: 'Share' }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Result file (.json)' }).click();
  const json = await (await saved).path();
  await page.getByLabel('Result file to verify').setInputFiles(json);
  await expect(page.locator('[data-verdict="same"]')).toBeVisible({ timeout: 60_000 });
  const savedPage = page.waitForEvent('download');
  await page.getByRole('button', { name: /Page that verifies itself/ }).click();
  const html = await (await savedPage).path();
  return { json: await readFile(json, 'utf8'), html: await readFile(html, 'utf8') };
}

/** Opens each page where there is no network: what it says of itself. */
async function expectVerdicts(
  browser: Browser,
  info: TestInfo,
  pages: readonly (readonly [name: string, html: string, state: 'same' | 'different', says: string])[],
): Promise<void> {
  const offline = await (await browser.newContext({ offline: true })).newPage();
  for (const [name, html, state, says] of pages) {
    await writeFile(info.outputPath('shared.html'), html);
    await offline.goto(`file://${info.outputPath('shared.html')}`);
    await expect(offline.locator('#verdict'), name).toHaveAttribute('data-state', state, { timeout: 60_000 });
    await expect(offline.locator('#verdict'), name).toContainText(says);
  }
  await expectNoSeriousViolation(offline);
  await offline.context().close();
}

const changedAt = (text: string, at: number): string =>
  `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;

const CODE = (first: string) => `
import { defineStrategy } from 'wickworks';
export default defineStrategy({
  id: 'cross', title: 'Cross',
  params: { period: { kind: 'number', title: 'Period', default: 20, min: 2, max: 200, step: 1, whole: true } },
  warmup: ({ period }) => period,
  create(setup, { period }) {
    const [symbol] = setup.symbols;
    const { sma } = setup.indicator(symbol, 'sma', { period });
    const order = { kind: 'place', symbol, type: 'market' };
    return {
      onCandle(c) {
        ${first}
        const isAbove = c.candles.close[c.index] > sma.values[c.index];
        if (isAbove === c.position > 0) return [];
        if (isAbove) return [{ ...order, side: 'buy', size: { kind: 'spend', quote: 1000 }, tag: 'above' }];
        return [{ ...order, side: 'sell', size: { kind: 'position' }, reduceOnly: true, tag: 'below' }];
      },
    };
  },
});`;

test('a strategy in code: its sliders, detail candles, its file verified; what hangs, hoards or calls out is stopped', async ({
  page,
  browser,
}, info) => {
  test.setTimeout(120_000);
  const bad = {
    loop: 'for (;;) {}',
    hoard: 'const all = []; for (;;) all.push(new Array(1e5).fill(1));',
    call: 'fetch("/");',
  };
  for (const [name, first] of Object.entries({ cross: '', ...bad })) {
    const document = { kind: 'code', schema: 1, name: `In code: ${name}`, timeframe: '1h', source: CODE(first) };
    expect((await page.request.post(`${product.url}/api/v1/strategies`, { data: { document } })).status()).toBe(201);
  }
  const complaints = await open(page, '/testing');
  await pick(page, /^Strategy/, 'In code: cross');
  const before = await resultHash(page);
  await page.getByRole('slider', { name: 'Period slider' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => resultHash(page), { timeout: 30_000 }).not.toBe(before);
  await page.getByText('Costs and account').click();
  const after = await resultHash(page);
  await page.getByRole('combobox', { name: 'Inside a candle' }).click();
  await page.getByRole('option', { name: '5m candles', exact: true }).click();
  await expect.poll(() => resultHash(page), { timeout: 30_000 }).not.toBe(after);
  await expect(page.getByText('No bias found')).toBeVisible({ timeout: 30_000 });

  // The page made of it holds jail and detail candles: without any network it verifies itself, and finds out changes.
  const { html } = await shareAndVerify(page);
  await expectVerdicts(browser, info, [
    ['as it is', html, 'same', 'Verified'],
    ['its code', html.replace('quote: 1000', 'quote: 1001'), 'different', '≠'],
    ['a figure', html.replace(/"sharpe":-?[\d.]+/, '"sharpe":3.21'), 'different', 'metrics.sharpe'],
    ['a candle', changedAt(html, html.indexOf('"packed":"') + 2_000), 'different', '×'],
    ['a detail candle', changedAt(html, html.indexOf('"detail":') + 3_000), 'different', '×'],
  ]);
  await page.keyboard.press('Escape');
  await expectNoSeriousViolation(page);

  for (const [name, reason] of [
    ['loop', 'worked too long on one call'],
    ['hoard', 'needs more memory than it may have'],
    ['call', "'fetch' is not defined (line 13)"],
  ] as const) {
    await pick(page, /^Strategy/, `In code: ${name}`);
    await expect(page.getByRole('alert').filter({ hasText: reason })).toBeVisible({ timeout: 30_000 });
  }
  // The engine is as well as before.
  await pick(page, /^Strategy/, 'In code: cross');
  await expect(page.getByTestId('report').getByRole('alert')).toBeHidden({ timeout: 30_000 });
  expect(complaints).toEqual([]);
});

test('several strategies on one account: run here, explained, shared, and the same on the server', async ({
  page,
  browser,
}, info) => {
  test.setTimeout(180_000);
  const complaints = await open(page, '/testing');
  await pick(page, /^Strategy/, 'ema cross');
  const alone = await resultHash(page);
  await pick(page, /^Add a strategy/, 'donchian');
  const first = page.getByRole('group', { name: 'Strategy 1', exact: true });
  await first.getByLabel('Of the deposit, %').fill('50');
  await expect(page.getByText('50 % of the deposit is reserved.')).toBeVisible();
  await expect(page.getByText('By strategy')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('main').getByRole('progressbar')).toBeHidden({ timeout: 60_000 });
  const shared = await resultHash(page);
  expect(shared).not.toBe(alone);
  await expect(page.getByRole('list', { name: 'Exposure by strategy' }).getByRole('listitem')).toHaveCount(2);
  await expectNoSeriousViolation(page);

  // Trades of one of them alone, and one explained.
  await page.getByRole('tab', { name: /^Trades/ }).click();
  const grid = page.getByRole('grid', { name: 'Trades' });
  const all = Number(await grid.getAttribute('aria-rowcount'));
  await page.getByRole('combobox', { name: 'Strategy of the trades' }).click();
  await page.getByRole('option').nth(2).click();
  await expect.poll(async () => Number(await grid.getAttribute('aria-rowcount'))).toBeLessThan(all);
  await page.getByRole('button', { name: 'Worst' }).click();
  await expect(page.getByRole('region', { name: /^Trade [\d,]+ explained/ })).toContainText(/donchian/i);
  await expectNoSeriousViolation(page);

  // Nothing of it is wider than a phone or a tablet, which has the form beside the figures.
  const wide = page.viewportSize()!;
  const sidewaysPx = (home: { scrollWidth: number; clientWidth: number }) => home.scrollWidth - home.clientWidth;
  for (const width of [360, 820]) {
    await page.setViewportSize({ width, height: 900 });
    const main = page.getByRole('main');
    for (const tab of ['Metrics', 'Overview', /^Trades/]) {
      await page.getByRole('tab', { name: tab }).click();
      await expect.poll(() => main.evaluate(sidewaysPx)).toBe(0);
    }
  }
  const [form, report] = [page.getByRole('form', { name: 'What to test' }), page.getByTestId('report')];
  expect((await report.boundingBox())?.y).toBe((await form.boundingBox())?.y);
  await page.setViewportSize(wide);

  // Its file is verified here, and as a page without a server.
  const { html } = await shareAndVerify(page);
  await expectVerdicts(browser, info, [['as it is', html, 'same', shared]]);
  await page.keyboard.press('Escape');

  // The server gives the very same, and keeps it in its list.
  await page.getByRole('radio', { name: 'Server', exact: true }).click();
  await page.getByRole('button', { name: 'Server runs' }).click();
  await expect(page.getByText('No run on the server yet')).toBeVisible();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const runs = page.getByRole('list', { name: 'Runs on the server' });
  await expect(runs.getByText('done')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('Run by the server')).toBeVisible({ timeout: 60_000 });
  expect(await resultHash(page)).toBe(shared);
  await expectNoSeriousViolation(page);
  await runs.getByRole('button', { name: /^Delete/ }).click();
  await expect(page.getByText('No run on the server yet')).toBeVisible();
  expect(complaints).toEqual([]);
});

/** Asks the REST API as the page would. */
async function api(page: Page, method: 'GET' | 'POST' | 'DELETE', path: string, data?: unknown): Promise<unknown> {
  const answer = await page.request.fetch(`${product.url}/api/v1${path}`, {
    method,
    ...(data !== undefined && { data }),
  });
  expect(answer.ok(), `${method} ${path}`).toBe(true);
  return answer.status() === 204 ? null : answer.json();
}

test('stored trades decide inside candles: chosen, run by the server, shared as a page that holds them, and let go', async ({
  page,
  browser,
}, info) => {
  test.setTimeout(180_000);
  const ratio = { kind: 'ratio', ratio: 0.001 };
  const always = { long: { when: { compare: ['close', '>', 0] } } };
  const document = {
    schema: 1,
    name: 'Near bracket',
    timeframe: '1m',
    entry: always,
    stopLoss: ratio,
    takeProfit: [ratio],
  };
  await api(page, 'POST', '/strategies', { document: { ...document, size: { kind: 'equity', ratio: 0.5 } } });
  const toMs = Math.floor(Date.now() / 60_000) * 60_000;
  const market = { exchange: 'local', symbol: 'BTC/USDT' };
  await api(page, 'POST', '/datasets/trades/backfill', { ...market, fromMs: toMs - 86_400_000, toMs });
  const stored = async () => JSON.stringify(await api(page, 'GET', '/jobs'));
  await expect.poll(stored, { timeout: 60_000 }).toMatch(/"trades-backfill","state":"done"/);

  const complaints = await open(page, '/testing');
  await pick(page, /^Strategy/, 'near bracket');
  await page.getByRole('radio', { name: '1W', exact: true }).click();
  const words = page.getByTestId('intrabar');
  await expect(words).toContainText('the worse order was assumed');
  await expect(page.getByRole('main').getByRole('progressbar')).toBeHidden({ timeout: 60_000 });
  const plain = await resultHash(page);

  await page.getByText('Costs and account').click();
  await page.getByRole('checkbox', { name: 'Trades (when stored)' }).click();
  await expect(page.getByText(/cover 14 % of\s+the range/)).toBeVisible();
  await expect(page.getByText('These figures are of other settings')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'This browser' })).toBeDisabled();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(words).toContainText(/stored trades decided [\d,]+ \(\d+ %\)/, { timeout: 60_000 });
  await expect(page.getByText('These figures are of other settings')).toBeHidden();
  const decided = await resultHash(page);
  expect(decided).not.toBe(plain);
  await expectNoSeriousViolation(page);

  // The server runs the file again; the page holds the trades and does so alone, and finds out what was changed of them.
  const { json, html } = await shareAndVerify(page);
  expect(json).toContain('"detailTrades":true');
  await expectVerdicts(browser, info, [
    ['as it is', html, 'same', decided],
    ['without trades', html.replace(/(id="wickworks-trades">)[^<]*/, '$1[]'), 'different', 'are missing'],
    ['a trade', changedAt(html, html.indexOf('"trades":"') + 3_000), 'different', '×'],
  ]);
  await page.keyboard.press('Escape');

  // Without them it is at once what it was before.
  await page.getByRole('checkbox', { name: 'Trades (when stored)' }).click();
  await expect(words).toContainText('is not known');
  expect(await resultHash(page)).toBe(plain);
  expect(complaints).toEqual([]);
});

test('a run on the server that somebody deletes is not waited for any longer', async ({ page }) => {
  const document = { kind: 'code', schema: 1, name: 'Slow', timeframe: '1m', source: CODE('') };
  await api(page, 'POST', '/strategies', { document });
  await open(page, '/testing');
  await page.getByRole('radio', { name: 'Server', exact: true }).click();
  await pick(page, /^Strategy/, 'slow');
  await pick(page, /^Market/, 'btc/usd');
  await page.getByRole('radio', { name: '1Y', exact: true }).click();
  const started = page.waitForResponse((answer) => answer.url().endsWith('/backtests') && answer.status() === 202);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const { job } = (await (await started).json()) as { job: { id: string } };
  await expect(page.getByTestId('report').getByRole('progressbar')).toBeVisible();
  await api(page, 'DELETE', `/backtests/${job.id}`);
  await expect(page.getByRole('alert').filter({ hasText: 'The run was deleted.' })).toBeVisible({ timeout: 15_000 });
  await expect(page.getByTestId('report').getByRole('progressbar')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
});

/** Tabs until `target` has the focus; every stop on the way must show that it has it. */
async function reach(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const focused = page.locator(':focus');
  for (let stop = 0; stop < 150; stop++) {
    if ((await target.and(focused).count()) > 0) return;
    await page.keyboard.press(key);
    if ((await focused.count()) > 0)
      await expect(focused.first(), 'focus is seen').not.toHaveCSS('outline-style', 'none');
  }
  throw new Error(`out of reach by ${key}: ${target.toString()}`);
}

test('by keyboard alone: build, run, cancel, compare, open a trade, export', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page, '/strategies');
  await expectNoSeriousViolation(page);
  const main = page.getByRole('main');
  const pressOn = async (name: string | RegExp, role: 'button' | 'tab' | 'radio' = 'button', key = 'Enter') => {
    await reach(page, main.getByRole(role, { name }));
    await page.keyboard.press(key);
  };

  // Built: a name, the shortest timeframe.
  await pressOn(/^New$/);
  const form = page.getByRole('form', { name: 'Strategy' });
  await reach(page, form.getByLabel('Name', { exact: true }).first());
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('By keyboard');
  await reach(page, form.getByRole('combobox', { name: 'Timeframe' }).first());
  await page.keyboard.press('Enter');
  await page.keyboard.type('1m');
  await page.keyboard.press('Enter');
  await expect(form.getByRole('combobox', { name: 'Timeframe' }).first()).toHaveText('1m');
  await reach(page, main.getByRole('button', { name: 'Test', exact: true }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/testing$/);
  await resultHash(page);

  // A year is long enough to watch it and to stop it.
  await reach(page, main.getByRole('radio', { name: '1M' }));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const bar = main.getByRole('progressbar');
  const seen = new Set<string>();
  await expect
    .poll(
      async () => {
        const value = await bar.getAttribute('aria-valuenow', { timeout: 500 }).catch(() => null);
        if (value !== null) seen.add(value);
        return seen.size;
      },
      { timeout: 30_000, intervals: [50] },
    )
    .toBeGreaterThan(2);
  await reach(page, main.getByRole('button', { name: 'Cancel', exact: true }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(bar).toBeHidden({ timeout: 15_000 });
  const run = main.getByRole('button', { name: 'Run', exact: true });
  await expect(run).toBeFocused();
  await expect(page.getByText(/52[0-9],\d{3} candles in/)).toBeHidden();

  // A slider, three months, kept, moved on, kept again, side by side.
  await reach(page, main.getByRole('slider').first());
  const slider = page.locator(':focus');
  const was = await slider.getAttribute('aria-valuenow');
  await page.keyboard.press('ArrowRight');
  await expect(slider).not.toHaveAttribute('aria-valuenow', was ?? '');
  await reach(page, main.getByRole('radio', { name: '1Y' }));
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.getByText('10,080 candles in')).toBeVisible({ timeout: 60_000 });
  await resultHash(page);
  await expect(bar).toBeHidden({ timeout: 60_000 });
  await pressOn(/^Keep$/);
  await page.keyboard.press('Enter');
  await reach(page, main.getByRole('tab', { name: 'Overview' }));
  await page.keyboard.press('End');
  await expect(main.getByRole('button', { name: /^Remove 2/ })).toBeVisible();
  await expectNoSeriousViolation(page);

  // The plot reads out, a trade explains itself, its table is walked with arrows.
  await page.keyboard.press('Home');
  const plot = main.getByRole('slider', { name: 'Equity, drawdown and exposure' });
  await reach(page, plot);
  const last = await plot.getAttribute('aria-valuetext');
  await page.keyboard.press('Home');
  await expect(plot).not.toHaveAttribute('aria-valuetext', last ?? '');
  await reach(page, main.getByRole('tab', { name: 'Overview' }), 'Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await reach(page, main.getByRole('grid', { name: 'Trades' }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: /^Trade [\d,]+ explained/ })).toBeVisible({ timeout: 15_000 });
  await expectNoSeriousViolation(page);

  // Exported.
  await reach(page, main.getByRole('button', { name: 'Share' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await reach(page, dialog.getByRole('button', { name: 'Result file (.json)' }));
  const saved = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect(await readFile(await (await saved).path(), 'utf8')).toContain('wickworks-backtest');
  await page.keyboard.press('Escape');
  await expect(main.getByRole('button', { name: 'Share' })).toBeFocused();
});
