import { expect, test, type Page } from '@playwright/test';
import { isAccessible, makePeople, named, signInAs } from './people.js';
import { startProduct, type Product } from './product.js';

let product: Product;
test.beforeAll(async () => {
  product = await startProduct();
});
test.afterAll(() => product.dispose());

/** What the content security policy of `page` refused, as it happens, on every document it shows. */
async function refusals(page: Page): Promise<string[]> {
  const refused: string[] = [];
  await page.exposeFunction('noteRefusal', (text: string) => refused.push(text));
  await page.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
    noteRefusal([location.pathname, event.effectiveDirective, event.blockedURI, event.sourceFile, event.sample].join(' ')))`);
  return refused;
}

test('no page needs more than the policy allows, and the policy allows nothing inline', async ({ page }) => {
  const refused = await refusals(page);
  const answer = await page.goto(product.url);
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).not.toContain('unsafe');
  expect(policy).toContain("style-src 'self'");

  await expect(page.getByRole('application')).toBeVisible();
  await page.getByRole('button', { name: /^Market:/ }).click();
  await page.keyboard.type('eth');
  await page.locator('[role="option"]').first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  for (const path of ['/data', '/status', '/testing', '/sign-in', '/setup', '/account']) {
    await page.goto(product.url + path);
    await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
  }
  expect(refused).toEqual([]);
});

test('layers, choices and messages: every part of the interface', async ({ page }) => {
  const refused = await refusals(page);
  await page.goto(`${product.url}/gallery`);
  await page.getByRole('button', { name: 'Popover', exact: true }).click();
  await expect(page.getByText('Floats beside its button')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Tooltip', exact: true }).hover();
  await expect(page.getByRole('tooltip').first()).toBeAttached();
  await page.getByRole('button', { name: 'Palette', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  const layers = page.getByText('Dialog: centre, drawers').locator('..').getByRole('button');
  for (let index = 0; index < (await layers.count()); index++) {
    await layers.nth(index).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  for (const name of ['Good', 'Bad']) await page.getByRole('button', { name, exact: true }).first().click();
  await expect(page.getByText('Backfill failed').first()).toBeVisible();
  await page.getByRole('combobox', { name: 'Order type', exact: true }).first().click();
  await page.locator('[role="option"]').first().click();
  await page.getByRole('slider').first().press('ArrowRight');
  await page.getByRole('button', { name: 'Break this sample' }).click();
  expect(refused).toEqual([]);
});

test('the JSON editor is styled, completes and marks what is wrong', async ({ page }) => {
  const refused = await refusals(page);
  await page.goto(`${product.url}/strategies`);
  await page.getByRole('button', { name: 'New', exact: true }).click();
  const editor = page.getByRole('textbox', { name: 'Strategy as JSON' });
  await expect(editor).toContainText('"schema"');
  // Its gutter stands beside the text only when the editor's own styles arrived.
  const gutter = page.locator('.cm-gutters');
  await expect(gutter).toHaveCSS('display', 'flex');
  await editor.click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type(', nonsense');
  await page.locator('.cm-lint-marker-error').first().hover();
  await expect(page.locator('.cm-tooltip-lint').first()).toBeVisible();
  expect(refused).toEqual([]);
});

test('markup that gets in can neither dress up nor run', async ({ page }) => {
  const refused = await refusals(page);
  await page.goto(`${product.url}/status`);
  const markup =
    '<style>main { display: none }</style><p style="position: fixed">x</p><img src="x" onerror="document.title = 1">';
  await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(markup)})`);
  await expect
    .poll(() => refused.map((text) => text.split(' ')[1]).sort())
    .toEqual(['script-src-attr', 'style-src-attr', 'style-src-elem']);
  await expect(page.getByRole('main')).toBeVisible();
  await expect(page).not.toHaveTitle('1');
});

test('the description of the API shows itself, and tries things out as whoever is signed in', async ({ page }) => {
  const refused = await refusals(page);
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'log') heard.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(named(product)) && !request.url().startsWith('data:')) heard.push(request.url());
  });
  await makePeople(product);
  await signInAs(page, product, 'vic');
  await page.goto(`${named(product)}/api/docs`);
  await page.getByPlaceholder('Filter by tag or path').fill('Settings');
  const change = page.locator('.opblock-patch', { hasText: '/api/v1/me/settings' });
  // By keyboard alone; what has the focus is to be seen.
  await change.locator('.opblock-summary-control').focus();
  await page.keyboard.press('Tab');
  const copy = change.locator('.opblock-summary').getByRole('button', { name: 'Copy path to clipboard' });
  await expect(copy).toBeFocused();
  expect((await copy.boundingBox())?.width).toBeGreaterThanOrEqual(20);
  await change.locator('.opblock-summary-control').press('Enter');
  await change.getByPlaceholder('If-Match').fill('*');
  await change.getByLabel('Request body').fill('{"idleLockMinutes": 5}');
  await change.getByRole('button', { name: 'Execute' }).press('Enter');
  await expect(change.locator('.live-responses-table .response-col_status')).toHaveText(['Code', '200']);
  await expect(change.locator('.live-responses-table')).toContainText('"idleLockMinutes": 5');
  expect(refused).toEqual([]);
  expect(heard).toEqual([]);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', scheme);
    await isAccessible(page);
  }
});
