import { expect, test, type Locator, type Page } from '@playwright/test';
import * as z from 'zod';
import { isAccessible, makePeople, named, PASSWORD, signInAs } from './people.js';
import { startProduct, type Product } from './product.js';

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
  await makePeople(product);
});
test.afterAll(() => product.dispose());

/** Gives the browser an authenticator whose owner is always there and always proves it. */
async function plugIn(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test('a passkey is added, signs in without a password, and signs in no more once removed', async ({ page }) => {
  await plugIn(page);
  await signInAs(page, product, 'tom');
  await page.goto(`${named(product)}/account`);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByLabel('Name of the passkey').fill('blue stick');
  await page.getByLabel('Your password').fill('not it');
  await page.getByRole('button', { name: 'Add passkey' }).click();
  await expect(page.getByRole('alert')).toHaveText('the password is wrong');
  await expect(page.getByLabel('Name of the passkey')).toHaveValue('blue stick');
  await page.getByLabel('Your password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Add passkey' }).click();
  await expect(page.getByText(/never used/)).toBeVisible();
  await isAccessible(page);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeVisible();
  await isAccessible(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('button', { name: 'Account of tom' })).toBeVisible();

  await page.goto(`${named(product)}/account`);
  await expect(page.getByText(/by passkey/)).toBeVisible();
  await page.getByRole('button', { name: 'Remove blue stick' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove passkey' }).click();
  await expect(page.getByText('No passkeys yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('alert')).toHaveText('this passkey was not accepted');
});

test('a page opened by a number says why it has no passkeys, and where it has them', async ({ page }) => {
  await page.goto(`${product.url}/sign-in`);
  await expect(page.getByRole('link', { name: /open this page as localhost/ })).toHaveAttribute(
    'href',
    `${named(product)}/sign-in`,
  );
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toHaveCount(0);
});

test('keys at an exchange are stored, never shown again, and removed', async ({ page }) => {
  await signInAs(page, product, 'tom');
  await page.goto(`${named(product)}/account/exchange-keys`);
  await expect(page.getByText('No keys yet')).toBeVisible();
  await isAccessible(page);
  await page.getByLabel('Name', { exact: true }).fill('trading only');
  await page.getByLabel('API key').fill('k3y-of-tom');
  await page.getByLabel('Secret').fill('s3cret-of-tom');
  await page.getByRole('button', { name: 'Store key' }).click();
  await expect(page.getByText('key k3y-…')).toBeVisible();
  await expect(page.getByLabel('Secret')).toHaveValue('');
  await isAccessible(page);

  await page.reload();
  await expect(page.getByText('key k3y-…')).toBeVisible();
  expect(await page.content()).not.toContain('of-tom');
  await page.getByRole('button', { name: 'Remove trading only' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('button', { name: 'Remove trading only' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove key' }).click();
  await expect(page.getByText('No keys yet')).toBeVisible();
});

test('a key that can withdraw is warned of in red, and replaced by one that cannot', async ({ page }) => {
  const issue = async (withdrawals: boolean): Promise<{ apiKey: string; secret: string }> => {
    const body = JSON.stringify({ withdrawals, ipRestricted: true });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${product.venueUrl}/_venue/keys`, { method: 'POST', headers, body });
    return z.object({ apiKey: z.string(), secret: z.string() }).parse(await answer.json());
  };
  await signInAs(page, product, 'tom');
  await page.goto(`${named(product)}/account/exchange-keys`);
  const type = async (where: Locator, key: { apiKey: string; secret: string }): Promise<void> => {
    await where.getByLabel('Name', { exact: true }).fill('main account');
    await where.getByLabel('API key').fill(key.apiKey);
    await where.getByLabel('Secret').fill(key.secret);
    await page.keyboard.press('Enter');
  };
  await type(page.getByRole('region', { name: 'Store a key' }), await issue(true));
  await expect(page.getByText('main account stored, but it can withdraw', { exact: true })).toBeVisible();
  const row = page.getByRole('region', { name: 'Your keys' }).getByRole('listitem').first();
  await expect(row).toContainText('withdraw: yes');
  await expect(row).toContainText('these keys can withdraw money');
  await isAccessible(page);

  await row.getByRole('button', { name: 'Replace main account' }).click();
  await type(page.getByRole('dialog'), await issue(false));
  await expect(row).toContainText('withdraw: no');
  await expect(row).not.toContainText('these keys can withdraw money');
  await expect(row).toContainText('replaced');
  await row.getByRole('button', { name: 'Remove main account' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove key' }).click();
  await expect(page.getByText('No keys yet')).toBeVisible();
});

test('who may not come in is told why, and what to do', async ({ page }) => {
  await page.goto(`${named(product)}/account/exchange-keys`);
  await expect(page.getByText('You are signed out')).toBeVisible();
  await isAccessible(page);
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('User name').fill('vic');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).last().click();
  // Back where it began, and told that a viewer is not enough.
  await expect(page.getByText('Not for viewers')).toBeVisible();
  await expect(page).toHaveURL(`${named(product)}/account/exchange-keys`);
  await isAccessible(page);
  await page.goto(`${named(product)}/account/audit-log`);
  await expect(page.getByText('For admins only')).toBeVisible();
  // Nothing is promised that this server cannot do.
  await page.goto(`${named(product)}/reset-password`);
  await expect(page.getByText('This server sends no mail.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Mail me a link' })).toHaveCount(0);
});
