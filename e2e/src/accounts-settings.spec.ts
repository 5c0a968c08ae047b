import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { isAccessible, makePeople, named, signInAs } from './people.js';
import { startProduct, type Product } from './product.js';

let product: Product;
test.beforeAll(async () => {
  product = await startProduct({ WICK_VENUE_SPEED: '2' });
  await makePeople(product);
});
test.afterAll(() => product.dispose());

const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

test('own settings are checked at the field, kept, found in another browser, and undone', async ({ page, browser }) => {
  await signInAs(page, product, 'tom');
  await page.goto(`${named(product)}/account/settings`);
  const yours = panel(page, 'Yours');
  await expect(yours.getByText('built in').first()).toBeVisible();
  await isAccessible(page);
  const minutes = yours.getByLabel('Lock when left alone (minutes)');
  for (const [typed, told] of [
    ['481', 'At most 480.'],
    ['-1', 'At least 0.'],
    ['soon', 'A whole number.'],
    ['', 'A whole number.'],
  ] as const) {
    await minutes.fill(typed);
    await yours.getByRole('button', { name: 'Save' }).click();
    await expect(yours.getByRole('alert')).toContainText(told);
    await expect(minutes).toBeFocused();
  }
  await minutes.fill('45');
  await yours.getByRole('combobox', { name: 'Theme' }).click();
  await page.getByRole('option', { name: 'Light' }).click();
  await yours.getByRole('button', { name: 'Save 2 changes' }).click();
  const history = panel(page, 'How yours changed');
  await expect(history.getByRole('listitem')).toHaveCount(1);
  await expect(history).toContainText('default → 45');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await isAccessible(page);

  const elsewhere = await (await browser.newContext()).newPage();
  await signInAs(elsewhere, product, 'tom');
  await elsewhere.goto(`${named(product)}/status`);
  await expect(elsewhere.locator('html')).toHaveAttribute('data-theme', 'light');
  await elsewhere.context().close();

  await history.getByRole('button', { name: /^Restore/ }).click();
  await expect(minutes).toHaveValue('0');
  await expect(history.getByRole('listitem')).toHaveCount(2);
});

test('an admin changes the installation; what the environment set is shown, not changed', async ({ page }) => {
  await signInAs(page, product, 'ada');
  await page.goto(`${named(product)}/account/settings`);
  const installation = panel(page, 'This installation');
  await installation.getByLabel('Session length (days)').fill('7');
  // Somebody else is faster.
  const csrf = (await page.context().cookies()).find(({ name }) => name.endsWith('wick_csrf'))?.value ?? '';
  const headers = { origin: named(product), 'x-csrf-token': csrf, 'if-match': '*' };
  const other = await page.request.patch(`${named(product)}/api/v1/settings`, { data: { invitationDays: 3 }, headers });
  expect(other.status(), await other.text()).toBe(200);
  await installation.getByRole('button', { name: 'Save' }).click();
  await expect(installation.getByRole('alert')).toContainText('Somebody changed these meanwhile');
  await expect(installation.getByLabel('Invitation holds (days)')).toHaveValue('3');
  await expect(installation.getByLabel('Session length (days)')).toHaveValue('7');
  await installation.getByRole('button', { name: 'Save' }).click();
  await expect(panel(page, 'How the installation changed')).toContainText('default → 7');
  await installation.getByRole('button', { name: 'Default for Session length (days)' }).click();
  await expect(installation.getByLabel('Session length (days)')).toHaveValue('30');

  const environment = panel(page, 'Environment of the server');
  await expect(environment.getByRole('listitem').filter({ hasText: 'WICK_VENUE_SPEED' })).toContainText('Is 2.');
  await expect(environment.getByRole('textbox')).toHaveCount(0);
  await isAccessible(page);
});

test('the log is filtered, opened and taken along as a file', async ({ page }) => {
  await signInAs(page, product, 'ada');
  await page.goto(`${named(product)}/account/audit-log`);
  await expect(page.getByText('#1', { exact: true })).toBeVisible();
  await isAccessible(page);
  await page.getByLabel('What').fill('user.register');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByText('#2', { exact: true })).toHaveCount(0);
  await expect(page.locator('summary')).toHaveCount(3);
  await page.getByRole('combobox', { name: 'Who' }).click();
  await page.getByRole('option', { name: 'tom' }).click();
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.locator('summary')).toHaveCount(1);
  await page.locator('summary').click();
  await expect(page.getByText('After')).toBeVisible();
  await isAccessible(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'NDJSON' }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\n');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('"actorName":"tom"');
  await page.getByLabel('Target').fill('nothing');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByText('#1', { exact: true })).toBeVisible();
});
