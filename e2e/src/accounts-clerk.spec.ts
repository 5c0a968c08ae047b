import { expect, test, type Page } from '@playwright/test';
import { generateKeyPairSync, sign } from 'node:crypto';
import { isAccessible, makePeople, named, PASSWORD } from './people.js';
import { startProduct, type Product } from './product.js';

const HOST = 'clerk.wick.example';
const KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 });
let product: Product;
test.beforeAll(async () => {
  product = await startProduct({
    CLERK_SECRET_KEY: 'sk_test_unused',
    CLERK_PUBLISHABLE_KEY: `pk_test_${Buffer.from(`${HOST}$`).toString('base64')}`,
    CLERK_JWT_KEY: KEYS.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  });
  await makePeople(product);
});
test.afterAll(() => product.dispose());

/** A session token as Clerk makes them. */
function token(): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const seconds = Math.floor(Date.now() / 1_000);
  const claims = { azp: named(product), sid: 'sess_1', sub: 'user_1', iss: `https://${HOST}` };
  const times = { iat: seconds - 60, nbf: seconds - 60, exp: seconds + 60 };
  const signed = `${part({ alg: 'RS256', kid: 'ins_1', typ: 'JWT' })}.${part({ ...claims, ...times })}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), KEYS.privateKey).toString('base64url')}`;
}

/** What of Clerk's script the page uses, in the place of Clerk's host. */
async function standInForClerk(page: Page): Promise<void> {
  const script = `
    const session = { id: 'sess_1', status: 'active', user: { id: 'user_1' }, factorVerificationAge: null,
      lastActiveToken: { jwt: { claims: { sid: 'sess_1', sub: 'user_1' } } }, getToken: async () => ${JSON.stringify(token())} };
    const user = { id: 'user_1', username: 'carla', primaryEmailAddress: { emailAddress: 'carla@example.com' } };
    let listener = () => undefined;
    let now = { client: {}, session: null, user: null, organization: null };
    const tell = (next) => { now = { ...now, ...next }; Object.assign(window.Clerk, now); listener(now); };
    window.Clerk = {
      ...now, loaded: false, version: '5',
      async load() {
        this.loaded = true;
        if (sessionStorage.getItem('at-clerk') !== null) tell({ session, user });
      },
      addListener(told) { listener = told; told(now); return () => {}; },
      // Clerk's page, for who is in a hurry: signed in, and back.
      async redirectToSignIn({ signInForceRedirectUrl }) {
        sessionStorage.setItem('at-clerk', '1');
        location.assign(signInForceRedirectUrl);
      },
      async signOut() { tell({ session: null, user: null }); },
      status: 'ready', on(_event, told, how) { if (how?.notify) told('ready'); }, off() {},
    };`;
  await page.route(`https://${HOST}/**`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: script, headers: { 'access-control-allow-origin': '*' } }),
  );
}

test('who proves themselves to Clerk gets a session of this server, as a viewer', async ({ page }) => {
  await standInForClerk(page);
  await page.goto(`${named(product)}/sign-in?next=/account`);
  await page.getByRole('button', { name: 'Sign in with Clerk' }).click();
  await expect(page.getByText(/^Signed in as clerk-.*, viewer\.$/)).toBeVisible();
  await expect(page.getByText(/by clerk/)).toBeVisible();
});

test('without a way to Clerk the page says so, and a password still does', async ({ page }) => {
  await page.route(`https://${HOST}/**`, (route) => route.abort());
  await page.goto(`${named(product)}/sign-in`);
  await expect(page.getByText('Clerk is out of reach.')).toBeVisible({ timeout: 60_000 });
  await isAccessible(page);
  await page.getByLabel('User name').fill('tom');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).last().click();
  await expect(page.getByRole('button', { name: 'Account of tom' })).toBeVisible();
});

test('nothing of Clerk is fetched where it is not set up', async ({ page }) => {
  const plain = await startProduct();
  try {
    await makePeople(plain);
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(request.url()));
    await page.goto(`${named(plain)}/sign-in`);
    await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeVisible();
    expect(fetched.filter((url) => url.includes('clerk'))).toEqual([]);
    expect(fetched.filter((url) => !url.startsWith(named(plain)))).toEqual([]);
  } finally {
    await plain.dispose();
  }
});
