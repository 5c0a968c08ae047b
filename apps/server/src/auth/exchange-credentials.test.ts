import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealContext, unseal } from '@wickworks/accounts';
import { loadConfig } from '@wickworks/config';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../testing/test-server.js';
import { openAuth, type Auth } from './auth.js';
import { LOCAL } from './principal.js';

const SECRET = 'a root secret of thirty-two bytes!';
const ORIGIN = { address: '', agent: '', requestId: '' };
const KEYS = { apiKey: 'key-1', secret: 'secret-1', passphrase: 'phrase-1' };
const dataDir = mkdtempSync(join(tmpdir(), 'wick-credentials-'));
let store: TestStore;
let auth: Auth;

beforeAll(async () => {
  store = await openTestStore(dataDir);
  const config = loadConfig({ WICK_DATA_DIR: dataDir });
  if (!config.ok) throw new Error('unreachable');
  auth = await openAuth({
    config: config.value,
    stores: store.accounts,
    secret: SECRET,
    nowMs: () => 1,
    log: pino({ level: 'silent' }),
  });
  const user = {
    id: LOCAL.userId,
    username: 'root',
    name: 'root',
    role: 'admin' as const,
    passwordHash: null,
    clerkId: null,
  };
  await store.accounts.users.add(user, { nowMs: 1 });
});
afterAll(async () => {
  await store.dispose();
  rmSync(dataDir, { recursive: true, force: true });
});

it('keys that were stored open with the root secret and in their own row only', async () => {
  const [one, two] = [
    await auth.credentials.add(LOCAL, 'binance', { label: 'a', ...KEYS }, ORIGIN),
    await auth.credentials.add(LOCAL, 'binance', { label: 'b', apiKey: 'key-2', secret: 'secret-2' }, ORIGIN),
  ];
  const first = await store.accounts.exchangeCredentials.find(one.id, LOCAL.userId);
  const second = await store.accounts.exchangeCredentials.find(two.id, LOCAL.userId);
  if (!first || !second) throw new Error('unreachable');
  const context = sealContext('exchange-credential', one.id);
  expect(unseal(SECRET, context, first.sealed)).toEqual({ ok: true, value: JSON.stringify(KEYS) });
  expect(unseal(`${SECRET}!`, context, first.sealed).ok).toBe(false);
  expect(unseal(SECRET, context, second.sealed).ok).toBe(false);
  expect(one.hint).toBe('key-…');
  expect(JSON.stringify([one, two])).not.toMatch(/secret-|phrase-/);
});

it('another version than the one seen is not replaced', async () => {
  const { id } = await auth.credentials.add(LOCAL, 'mexc', { label: 'a', ...KEYS }, ORIGIN);
  const given = { label: 'b', apiKey: 'key-3', secret: 'secret-3' };
  const replace = (expected: number) =>
    auth.credentials.replace(LOCAL, { exchange: 'mexc', id, expected, given }, ORIGIN);
  expect(await replace(2)).toMatchObject({ ok: false, error: { code: 'precondition-failed' } });
  expect(await replace(1)).toMatchObject({ ok: true, value: { version: 2, label: 'b' } });
  const elsewhere = await auth.credentials.remove(LOCAL, { exchange: 'binance', id, expected: 2 }, ORIGIN);
  expect(elsewhere).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect(await auth.credentials.remove(LOCAL, { exchange: 'mexc', id, expected: 2 }, ORIGIN)).toMatchObject({
    ok: true,
  });
});
