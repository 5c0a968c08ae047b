import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { startProduct, type Product } from './product.js';

let product: Product;
test.beforeAll(async () => {
  // A candle closes every two seconds: signals come while one watches.
  product = await startProduct({ WICK_VENUE_SPEED: '30' });
});
test.afterAll(() => product.dispose());

async function expectNoViolation(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
}

const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['WICK_SHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
};

/** A strategy that speaks at every turn of a candle. */
const TALKATIVE = {
  schema: 1,
  name: 'Every turn',
  timeframe: '1m',
  params: {},
  indicators: { fast: { id: 'ema', params: { period: 2 } }, slow: { id: 'ema', params: { period: 4 } } },
  conditions: { up: { compare: ['close', '>', 'open'] }, down: { not: 'up' } },
  entry: { long: { when: { all: ['up', { compare: ['fast', '>', 0] }] }, label: 'green' } },
  exit: { long: { when: 'down', label: 'red' } },
  size: { kind: 'equity', ratio: 0.5 },
};

test('imported, renamed and reordered by keyboard, saved, started: its signals stand on the live chart', async ({
  page,
}) => {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${product.url}/strategies`);
  await page.getByLabel('Strategy file to import').setInputFiles({
    name: 'turn.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(TALKATIVE)),
  });
  const form = page.getByRole('form', { name: 'Strategy' });
  const json = page.getByRole('textbox', { name: 'Strategy as JSON' });
  await expect(json).toContainText('"fast"');

  const name = form.getByRole('group', { name: /^fast ·/ }).getByLabel('Name');
  await name.fill('quick');
  await name.press('Enter');
  await expect(json).not.toContainText('"fast"');
  await expect(json).toContainText('"quick"');
  await form.getByRole('button', { name: 'Move indicator quick down' }).press('Enter');
  await expect(form.getByRole('button', { name: 'Move indicator quick down' })).toBeFocused();
  await form.getByLabel('Description').fill('Buys green candles.\nSells red ones.');
  await expect(json).toContainText('Buys green candles.\\nSells red ones.');
  await expectNoViolation(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Every turn, version 1', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Start', exact: true }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Start', exact: true }).press('Enter');
  await expect(page.getByText('BTC/USDT on local')).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Signals' })).toContainText(/enter-long|exit-long/, { timeout: 60_000 });
  await shot(page, 'strategy-running');

  await page.getByRole('link', { name: 'Chart' }).first().click();
  const strip = page.getByRole('region', { name: 'Signals' });
  await expect(strip.getByRole('status')).toContainText(/(▲ enter long|▼ exit long).*(green|red)/);
  const told = (await strip.getByRole('status').textContent()) ?? '';
  await expect(strip.getByRole('status')).not.toHaveText(told, { timeout: 60_000 });
  await expectNoViolation(page);
  await shot(page, 'signals-on-chart');

  await strip.getByRole('link', { name: 'Every turn' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Every turn' })).toBeVisible();
  await page.getByRole('button', { name: 'Stop', exact: true }).press('Enter');
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
  await page.goto(product.url);
  await expect(page.getByRole('application')).toBeVisible();
  await expect(strip).toBeHidden();
  expect(complaints).toEqual([]);
});

test('a narrow screen has the list or what is open, and the focus goes along', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${product.url}/strategies`);
  await page.getByRole('button', { name: /^Breakout/ }).press('Enter');
  await expect(page.getByRole('heading', { name: /^Breakout/ })).toBeFocused();
  await expect(page.getByLabel('Search strategies')).toBeHidden();
  await expectNoViolation(page);
  await page.getByRole('button', { name: 'All strategies' }).press('Enter');
  await expect(page.getByRole('button', { name: /^Breakout/ })).toBeFocused();
  await expect(page.getByRole('form', { name: 'Strategy' })).toBeHidden();
  await expectNoViolation(page);
});

test('while the server does not answer the page says so and goes on', async ({ page }) => {
  await page.route('**/api/v1/strategies?**', (route) => route.fulfill({ status: 503, body: '' }));
  await page.goto(`${product.url}/strategies`);
  await expect(page.getByRole('alert').filter({ hasText: 'Stored strategies cannot be read' })).toBeVisible();
  await expectNoViolation(page);
  await page.unroute('**/api/v1/strategies?**');
  await page.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'cannot be read' })).toBeHidden();
});
