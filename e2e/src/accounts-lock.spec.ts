import { expect, test, type Page } from '@playwright/test';
import { isAccessible, makePeople, named, PASSWORD, signInAs } from './people.js';
import { startProduct, type Product } from './product.js';

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
  await makePeople(product);
});
test.afterAll(() => product.dispose());

/** What tom chose: the page locks after so many minutes. */
async function chooseMinutes(page: Page, idleLockMinutes: number): Promise<void> {
  const url = named(product);
  const csrf = (await page.context().cookies(url)).find(({ name }) => name.endsWith('wick_csrf'))?.value ?? '';
  const headers = { origin: url, 'x-csrf-token': csrf, 'if-match': '*' };
  const answer = await page.request.patch(`${url}/api/v1/me/settings`, { data: { idleLockMinutes }, headers });
  expect(answer.status(), await answer.text()).toBe(200);
}

const lockOf = (page: Page) => page.getByRole('dialog', { name: 'Locked' });

test('a page left alone locks in every tab, survives a reload, and opens for its owner as it was', async ({ page }) => {
  await signInAs(page, product, 'tom');
  await chooseMinutes(page, 5);
  await page.clock.install();
  await page.goto(`${named(product)}/data`);
  const other = await page.context().newPage();
  await other.goto(`${named(product)}/status`);
  await expect(other.getByRole('button', { name: 'Account of tom' })).toBeVisible();
  await page.bringToFront();
  await expect(page.getByRole('button', { name: 'Account of tom' })).toBeVisible();
  await expect(page.getByText('Candles kept on this server', { exact: false })).toBeVisible();
  await page.getByLabel('From').first().fill('2024-08-01');
  // Another dialog is open when it happens: it must neither show nor take the keys.
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();

  await page.clock.fastForward('04:00');
  await expect(lockOf(page)).toHaveCount(0);
  await page.clock.fastForward('02:00');
  await expect(lockOf(page)).toBeVisible();
  await expect(lockOf(other)).toBeVisible();
  await expect(page.getByText('Candles kept on this server', { exact: false })).toBeHidden();
  await expect(page.getByLabel('Password')).toBeFocused();
  await isAccessible(page);

  // Neither Escape nor a shortcut gets past it, and Tab stays inside.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(lockOf(page)).toBeVisible();
  for (let turn = 0; turn < 6; turn++) {
    await page.keyboard.press('Tab');
    await expect(page.locator('body > :not(dialog) :focus')).toHaveCount(0);
  }
  await page.getByLabel('Password').fill('not it');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('the password is wrong');
  await other.reload();
  await expect(lockOf(other)).toBeVisible();
  await expect(other.getByRole('heading', { name: 'Status' })).toBeHidden();

  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(lockOf(page)).toHaveCount(0);
  await expect(lockOf(other)).toHaveCount(0);
  await expect(other.getByRole('heading', { name: 'Status', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('From').first()).toHaveValue('2024-08-01');
});

test('whoever chose no lock is left alone', async ({ page }) => {
  await signInAs(page, product, 'vic');
  await page.clock.install();
  await page.goto(`${named(product)}/status`);
  await expect(page.getByRole('button', { name: 'Account of vic' })).toBeVisible();
  await page.clock.fastForward('12:00:00');
  await expect(page.getByRole('heading', { name: 'Status', exact: true })).toBeVisible();
  await expect(lockOf(page)).toHaveCount(0);
});
