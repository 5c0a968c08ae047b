import { expect, test, type Page } from '@playwright/test';
import { createHmac } from 'node:crypto';
import { openMailBox, type MailBox } from './mail-box.js';
import { isAccessible, makePeople, named, PASSWORD, signInAs } from './people.js';
import { startProduct, type Product } from './product.js';

let product: Product;
let mails: MailBox;
test.beforeAll(async () => {
  mails = await openMailBox();
  product = await startProduct({ WICK_SMTP_URL: mails.url, WICK_MAIL_FROM: 'wick@example.com' });
  await makePeople(product);
});
test.afterAll(async () => {
  await product.dispose();
  await mails.close();
});

const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** The code an authenticator app shows `stepsAhead` half minutes from now (RFC 6238). */
function codeOf(secret: string, stepsAhead = 0): string {
  const bits = Array.from(secret).map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsAhead));
  const mac = createHmac('sha1', key).update(counter).digest();
  const word = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fff_ffff;
  return String(word % 1_000_000).padStart(6, '0');
}

async function typeSignIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto(`${named(product)}/sign-in?next=/account`);
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
}

test('a second factor: set up by keyboard, asked for at the door, a recovery code once, turned off', async ({
  page,
}) => {
  await signInAs(page, product, 'tom');
  await page.goto(`${named(product)}/account`);
  const app = panel(page, 'Authenticator app');
  await app.getByRole('button', { name: 'Set up' }).press('Enter');
  await expect(app.getByLabel('Your password')).toBeFocused();
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(app.getByRole('img', { name: /QR code/ })).toBeVisible();
  await expect(app.getByLabel('Code of the app')).toBeFocused();
  await isAccessible(page);
  const secret = (await app.locator('pre').innerText()).trim();
  await page.keyboard.type(codeOf(secret, 40));
  await page.keyboard.press('Enter');
  await expect(app.getByRole('alert')).toBeVisible();
  await app.getByLabel('Code of the app').fill(codeOf(secret));
  await page.keyboard.press('Enter');
  await expect(app.getByText('Recovery codes: copy it now')).toBeVisible();
  const codes = (await app.locator('pre').innerText()).trim().split('\n');
  expect(new Set(codes).size).toBe(10);
  await isAccessible(page);
  await app.getByRole('button', { name: 'I have it' }).press('Enter');
  await expect(app.getByText('On', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await typeSignIn(page, 'tom', PASSWORD);
  await expect(page.getByLabel(/code/i)).toBeFocused();
  await isAccessible(page);
  await page.keyboard.type(codes[0] ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Signed in as tom, trader.')).toBeVisible();

  await page.context().clearCookies();
  await typeSignIn(page, 'tom', PASSWORD);
  await page.getByLabel(/code/i).fill(codes[0] ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel(/code/i).fill(codes[1] ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Signed in as tom, trader.')).toBeVisible();
  await app.getByRole('button', { name: 'Turn off' }).click();
  await app.getByLabel('Your password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(app.getByText('Off', { exact: true })).toBeVisible();
});

test('sessions are named, ended one by one and all at once', async ({ page, browser }) => {
  const others: Page[] = [];
  for (let index = 0; index < 2; index++) {
    const other = await (await browser.newContext()).newPage();
    await signInAs(other, product, 'vic');
    others.push(other);
  }
  await signInAs(page, product, 'vic');
  await page.goto(`${named(product)}/account`);
  const sessions = panel(page, 'Sessions');
  const rows = sessions.getByRole('listitem');
  // One more: the program that made the account.
  await expect(rows).toHaveCount(4);
  await expect(rows.filter({ hasText: 'This one' })).toContainText(/Chrome \d+ on \w+/);
  await rows.filter({ hasText: 'node' }).getByRole('button', { name: 'End' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End session' }).click();
  await expect(rows).toHaveCount(3);
  await sessions.getByRole('button', { name: 'End all others' }).click();
  await isAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'End them' }).click();
  await expect(rows).toHaveCount(1);
  for (const other of others) {
    await other.goto(`${named(product)}/account`);
    await expect(
      other
        .getByText('You are signed out')
        .or(other.getByRole('heading', { name: 'Sign in' }))
        .first(),
    ).toBeVisible();
    await other.context().close();
  }
});

test('an API key is shown once, works from where it may, for what it may, until it is revoked', async ({ page }) => {
  await signInAs(page, product, 'vic');
  await page.goto(`${named(product)}/account`);
  const keys = panel(page, 'API keys');
  await keys.getByRole('button', { name: 'New key' }).click();
  await expect(keys.getByLabel('What it is for')).toBeFocused();
  // A viewer is offered nothing that a viewer may not do.
  await expect(keys.getByRole('checkbox', { name: /strategies:write|admin:read/ })).toHaveCount(0);
  await keys.getByLabel('What it is for').fill('here');
  await keys.getByLabel('Only from').fill('not-an-address');
  await keys.getByRole('button', { name: 'None' }).click();
  await keys.getByRole('button', { name: 'Create key' }).click();
  await expect(keys.getByRole('alert')).toHaveText('Choose at least one thing that the key may do.');
  await keys.getByRole('checkbox', { name: /strategies:read/ }).check();
  await keys.getByRole('button', { name: 'Create key' }).click();
  await expect(keys.getByRole('alert')).not.toContainText('Choose');
  await expect(keys.getByLabel('What it is for')).toHaveValue('here');
  const ask = async (key: string, path: string): Promise<number> =>
    (await fetch(`${product.url}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } })).status;
  const made: string[] = [];
  for (const [name, from] of [
    ['here', '127.0.0.1'],
    ['elsewhere', '203.0.113.0/24'],
  ] as const) {
    await keys.getByLabel('What it is for').fill(name);
    await keys.getByLabel('Only from').fill(from);
    await keys.getByRole('button', { name: 'Create key' }).click();
    made.push((await keys.locator('pre', { hasText: 'wk_' }).innerText()).trim());
    await keys.getByRole('button', { name: 'I have it' }).click();
    if (name === 'here') {
      await keys.getByRole('button', { name: 'New key' }).click();
      await keys.getByRole('checkbox', { name: /strategies:read/ }).check();
      await keys.getByRole('combobox', { name: 'It holds' }).click();
      await page.getByRole('option', { name: 'Until a day' }).click();
      await keys.getByLabel('Last day').fill('2099-12-30');
    }
  }
  const [here = '', elsewhere = ''] = made;
  await page.reload();
  await expect(keys.getByText('until 2099-12-31', { exact: false })).toBeVisible();
  expect(await page.content()).not.toContain(here);
  expect([await ask(here, '/strategies'), await ask(here, '/backtests'), await ask(elsewhere, '/strategies')]).toEqual([
    200, 403, 403,
  ]);
  await expect(async () => {
    await page.reload();
    await expect(keys.getByText(/used .* from 127\.0\.0\.1/)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await isAccessible(page);
  await keys.getByRole('button', { name: 'Revoke here' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click();
  await expect(keys.getByRole('listitem')).toHaveCount(1);
  expect(await ask(here, '/strategies')).toBe(401);
});

test('an admin invites, promotes, gives a password and disables; the invited sees each of it', async ({
  page,
  browser,
}) => {
  await signInAs(page, product, 'ada');
  await page.goto(`${named(product)}/account/users`);
  const invitations = panel(page, 'Invitations');
  await invitations.getByLabel('Role of the invited').selectOption('viewer');
  for (const link of ['first', 'second']) {
    await invitations.getByRole('button', { name: 'Invite somebody' }).click();
    await expect(invitations.getByText('Invitation link: copy it now'), link).toBeVisible();
    if (link === 'first') await invitations.getByRole('button', { name: 'I have it' }).click();
  }
  const link = (await invitations.locator('pre').innerText()).trim();
  await isAccessible(page);
  const eve = await (await browser.newContext()).newPage();
  await eve.goto(link);
  await eve.getByLabel('User name').fill('eve');
  await eve.getByLabel('Password').fill('password');
  await eve.getByRole('button', { name: 'Create account' }).click();
  await expect(eve.getByRole('alert')).toBeVisible();
  await eve.getByLabel('Password').fill(PASSWORD);
  await eve.getByRole('button', { name: 'Create account' }).click();
  await expect(eve.getByText('Signed in as eve, viewer.')).toBeVisible();

  await page.reload();
  await expect(invitations.getByRole('listitem')).toHaveCount(1);
  await invitations.getByRole('button', { name: 'Take back' }).click();
  await expect(invitations.getByText('None is waiting', { exact: false })).toBeVisible();
  const users = panel(page, 'Users');
  await users.getByLabel('Role of eve').selectOption('trader');
  await page.getByRole('dialog').getByRole('button', { name: 'Make trader' }).click();
  await expect(users.getByLabel('Role of eve')).toHaveValue('trader');
  await eve.reload();
  await expect(eve.getByText('Signed in as eve, trader.')).toBeVisible();

  await users.getByRole('button', { name: 'New password for eve' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make it' }).click();
  await expect(users.getByText('Password of eve: copy it now')).toBeVisible();
  const password = (await users.locator('pre').innerText()).trim();
  await isAccessible(page);
  await typeSignIn(eve, 'eve', password);
  await expect(eve.getByText('Signed in as eve, trader.')).toBeVisible();

  await users.getByRole('button', { name: 'Disable eve' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await expect(users.getByText('Disabled')).toBeVisible();
  await eve.reload();
  await expect(
    eve
      .getByText('You are signed out')
      .or(eve.getByRole('heading', { name: 'Sign in' }))
      .first(),
  ).toBeVisible();
  await users.getByRole('button', { name: 'Enable eve' }).click();
  await expect(users.getByText('Disabled')).toHaveCount(0);
  await eve.context().close();
});

test('a lost password is set anew with a link by mail, which holds once', async ({ page }) => {
  await signInAs(page, product, 'tom');
  await page.goto(`${named(product)}/account`);
  const mail = panel(page, 'Mail');
  await mail.getByLabel('Mail address').fill('tom@example.com');
  await mail.getByLabel('Your password').fill(PASSWORD);
  await mail.getByRole('button', { name: 'Send a link there' }).click();
  await expect(mail.getByText('waits for its owner', { exact: false })).toBeVisible();
  const linkIn = (text: string): string => /http:\S+#token=\S+/.exec(text)?.[0] ?? 'no link';
  await page.goto(linkIn(await mails.next('tom@example.com')));
  await isAccessible(page);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByRole('heading', { name: 'Address confirmed' })).toBeVisible();
  await page.getByRole('link', { name: 'To your account' }).click();
  await expect(mail.getByText('Mail goes to tom@example.com.')).toBeVisible();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Have a link mailed' }).click();
  await isAccessible(page);
  await page.getByLabel('User name or mail address').fill('tom');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible();
  const link = linkIn(await mails.next('tom@example.com'));
  await page.goto(link);
  const fresh = `${PASSWORD}-anew`;
  await page.getByLabel('New password').fill('tom');
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('New password').fill(fresh);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('heading', { name: 'Password set' })).toBeVisible();
  await typeSignIn(page, 'tom', PASSWORD);
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Password').fill(fresh);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Signed in as tom, trader.')).toBeVisible();

  await page.goto(link);
  await page.getByLabel('New password').fill(`${fresh}-again`);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByRole('alert')).toHaveText('This link is no longer valid: have another one mailed.');
});
