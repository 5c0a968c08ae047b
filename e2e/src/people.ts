import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Product } from './product.js';

export const PASSWORD = 'tidal-oboe-ferment-quill';
const SignedIn = z.object({ accessToken: z.string() });
const Invitation = z.object({ token: z.string() });

/** The product under the name that browsers allow passkeys for. */
export const named = ({ url }: Product): string => url.replace('127.0.0.1', 'localhost');

async function post(product: Product, path: string, body: unknown, token?: string): Promise<unknown> {
  const answer = await fetch(`${product.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${text}`);
  return JSON.parse(text);
}

async function register(product: Product, token: string, username: string): Promise<string> {
  const body = { token, username, password: PASSWORD, transport: 'token' };
  return SignedIn.parse(await post(product, '/auth/register', body)).accessToken;
}

/** Creates ada (admin), tom (trader) and vic (viewer); answers with ada's access token. */
export async function makePeople(product: Product): Promise<string> {
  const file = join(product.dataDir, 'setup-token');
  // Written when the accounts are open, which may be after the port is.
  const read = (): string => (existsSync(file) ? readFileSync(file, 'utf8').trim() : '');
  await expect.poll(read).not.toBe('');
  const setup = read();
  const admin = await register(product, setup, 'ada');
  for (const [username, role] of [
    ['tom', 'trader'],
    ['vic', 'viewer'],
  ] as const) {
    const { token } = Invitation.parse(await post(product, '/invitations', { role }, admin));
    await register(product, token, username);
  }
  return admin;
}

/** Signs the browser of `page` in, without the page of it. */
export async function signInAs(page: Page, product: Product, username: string): Promise<void> {
  const url = named(product);
  const data = { username, password: PASSWORD };
  const answer = await page.request.post(`${url}/api/v1/auth/login`, { data, headers: { origin: url } });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** No serious finding of axe on what is shown. */
export async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}
