import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProduct, type Product } from './product.js';

const PASSWORD = 'tidal-oboe-ferment-quill';
let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.dispose());

const isClean = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
};

test('the first visitor with the setup token becomes admin, makes a key, leaves and comes back', async ({ page }) => {
  await page.goto(product.url);
  await page.getByRole('button', { name: 'No account yet: create one' }).click();
  await expect(page.getByRole('heading', { name: 'Create the admin' })).toBeVisible();
  await isClean(page);

  // A wrong token takes no seat and loses nothing that was typed.
  await page.getByLabel('Setup token').fill('not-the-token');
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('alert')).toContainText('token');
  await expect(page.getByLabel('User name')).toHaveValue('ada');
  await page.getByLabel('Setup token').fill(readFileSync(join(product.dataDir, 'setup-token'), 'utf8').trim());
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Signed in as ada, admin.')).toBeVisible();
  await isClean(page);

  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('What it is for').fill('nightly export');
  await page.getByLabel(/strategies:read/).check();
  await page.getByRole('button', { name: 'Create key' }).click();
  const key = (await page.locator('pre', { hasText: 'wk_' }).textContent())!.trim();
  const ask = () =>
    fetch(`${product.url}/api/v1/strategies`, { headers: { authorization: `Bearer ${key}` } }).then(
      ({ status }) => status,
    );
  expect(await ask()).toBe(200);
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByRole('button', { name: 'Revoke nightly export' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click();
  await expect(page.getByText('No keys yet')).toBeVisible();
  expect(await ask()).toBe(401);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await isClean(page);
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in', exact: true }).last().click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).last().click();
  await expect(page.getByRole('button', { name: 'Account of ada' })).toBeVisible();
  await expect(page).toHaveURL(`${product.url}/`);

  // Saving a strategy is a change: the page shows that it is ours.
  const token = (await page.context().cookies()).find(({ name }) => name.endsWith('wick_csrf'))?.value ?? '';
  const send = async (headers: Record<string, string>): Promise<number> =>
    (await page.request.post(`${product.url}/api/v1/datasets/backfill`, { data: {}, headers })).status();
  expect(await send({ origin: product.url })).toBe(403);
  expect(await send({ origin: product.url, 'x-csrf-token': token })).toBe(400);
});
