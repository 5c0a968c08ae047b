import { expect, test, type Page } from '@playwright/test';
import { isAccessible, makePeople, named, signInAs } from './people.js';
import { startProduct, type Product } from './product.js';

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
  await makePeople(product);
});
test.afterAll(() => product.dispose());

const PAGES = [
  '/',
  '/data',
  '/strategies',
  '/testing',
  '/status',
  '/account',
  '/account/exchange-keys',
  '/account/settings',
  '/account/users',
  '/account/audit-log',
];
/** What only some may do, and the least role that may. */
const OFFERS = [
  { path: '/data', offer: 'Backfill', role: 'trader' },
  { path: '/data', offer: /^Delete BTC\/USDT/, role: 'trader' },
  { path: '/account', offer: 'New key', role: 'viewer' },
  { path: '/account/exchange-keys', offer: 'Store key', role: 'trader' },
  { path: '/account/settings', offer: 'Lock now', role: 'viewer' },
  { path: '/account/users', offer: 'Invite somebody', role: 'admin' },
  { path: '/account/audit-log', offer: 'Filter', role: 'admin' },
] as const;
const RANK = { nobody: 0, viewer: 1, trader: 2, admin: 3 };

/** Everything that went wrong where a person would notice: refused requests, errors of the console and of the page. */
function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on('response', (answer) => {
    if (answer.status() >= 400) heard.push(`${answer.status()} ${new URL(answer.url()).pathname}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text());
  });
  page.on('pageerror', ({ message }) => heard.push(message));
  return heard;
}

const settled = async (page: Page): Promise<void> => {
  await expect(page.getByRole('main').getByRole('heading').or(page.getByRole('application')).first()).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
};

for (const [name, role] of [
  [null, 'nobody'],
  ['vic', 'viewer'],
  ['tom', 'trader'],
  ['ada', 'admin'],
] as const)
  test(`${role} walks through every page: nothing is offered that is refused, nothing complains`, async ({ page }) => {
    const heard = complaints(page);
    if (name !== null) await signInAs(page, product, name);
    for (const path of PAGES) {
      await page.goto(named(product) + path);
      await settled(page);
      for (const { path: where, offer, role: least } of OFFERS)
        if (where === path)
          await expect(page.getByRole('button', { name: offer, exact: true }), `${path} ${String(offer)}`).toHaveCount(
            RANK[role] >= RANK[least] ? 1 : 0,
          );
      await expect(page.getByRole('region', { name: /^Notifications/ }).getByRole('listitem')).toHaveCount(0);
    }
    // An example opened: saving it is for traders, trying it out for everybody.
    await page.goto(`${named(product)}/strategies`);
    await page.getByRole('button', { name: /^Breakout/ }).click();
    await expect(page.getByRole('button', { name: 'Test', exact: true })).toBeEnabled();
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(
      RANK[role] >= RANK.trader ? 1 : 0,
    );
    await expect(page.getByRole('note')).toHaveCount(RANK[role] >= RANK.trader ? 0 : 1);
    await isAccessible(page);
    expect(heard).toEqual([]);
  });

test('every page of accounts fits a phone and a wall, in both themes, and is clean for assistive technology', async ({
  page,
}) => {
  await signInAs(page, product, 'ada');
  for (const [width, height, scheme] of [
    [360, 740, 'light'],
    [3840, 2160, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    for (const path of [
      ...PAGES.filter((one) => one.startsWith('/account')),
      '/sign-in',
      '/setup',
      '/reset-password',
      '/confirm-mail',
    ]) {
      await page.goto(named(product) + path);
      await settled(page);
      const wide = await page.evaluate(`document.documentElement.scrollWidth > document.documentElement.clientWidth ||
        document.querySelector('main').scrollWidth > document.querySelector('main').clientWidth`);
      expect(wide, `${path} at ${width}`).toBe(false);
      await isAccessible(page);
    }
  }
});
