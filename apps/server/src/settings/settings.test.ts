import { SettingsChangeView, SystemSettingsView, UserSettingsView, type SessionView } from '@wickworks/contracts';
import { openDatabase } from '@wickworks/db';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { becomeAdmin, invite, Person, withKey } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const Page = z.object({ items: z.array(SettingsChangeView), nextCursor: z.string().nullable() });
const DAY_MS = 24 * 60 * 60_000;

let server: TestServer;
let admin: Person;
let trader: Person;
let nowMs = Date.UTC(2026, 0, 1);

beforeAll(async () => {
  const env = { WICK_SECRET: 'a root secret of thirty-two bytes!', WICK_MAIL_FROM: 'wick@example.com' };
  server = await startTestServer([new ScriptedExchange()], { env, nowMs: () => nowMs });
  admin = (await becomeAdmin(server)).admin;
  trader = await invite(admin, 'tim', 'trader');
});
afterAll(() => server.dispose());

const system = async (who = admin) => SystemSettingsView.parse(await (await who.call('GET', '/settings')).json());
const own = async (who = trader) => UserSettingsView.parse(await (await who.call('GET', '/me/settings')).json());
const change = (who: Person, path: string, version: number | '*', patch: unknown) =>
  who.call('PATCH', path, patch, { 'if-match': version === '*' ? '*' : `"v${version}"` });

describe('settings of the installation', () => {
  it('begin with what is built in, and show the environment without its secrets', async () => {
    const found = await system();
    expect(found).toMatchObject({ version: 0, updatedMs: null, canMail: false });
    expect(found.values).toMatchObject({ sessionDays: 30, mailFrom: 'wick@example.com', selfRegistration: false });
    expect(found.sources).toMatchObject({ sessionDays: 'default', mailFrom: 'environment' });
    const secret = found.environment.find(({ name }) => name === 'WICK_SECRET');
    expect(secret).toMatchObject({ isSecret: true, source: 'environment', value: null });
    expect(JSON.stringify(found)).not.toContain('a root secret');
  });

  it('are changed by admins who have seen them, with a history that undoes', async () => {
    const { version } = await system();
    const answer = await change(admin, '/settings', version, { sessionDays: 7, timeframe: '1h' });
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, `"v${version + 1}"`]);
    expect((await change(admin, '/settings', version, { sessionDays: 8 })).status).toBe(412);
    expect(await admin.refusal('PATCH', '/settings', { sessionDays: 8 })).toBe('precondition-required');
    const history = Page.parse(await (await admin.call('GET', '/settings/history?limit=1')).json());
    expect(history.items[0]).toMatchObject({
      ...{ version: version + 1, actorName: 'root', by: 'session' },
      ...{ before: { sessionDays: null, timeframe: null }, after: { sessionDays: 7, timeframe: '1h' } },
    });
    await change(admin, '/settings', '*', history.items[0]?.before);
    expect((await system()).values).toMatchObject({ sessionDays: 30, timeframe: '1m' });
    const rest = Page.parse(await (await admin.call('GET', '/settings/history')).json());
    expect(rest.items.map((item) => item.version)).toEqual([version + 2, version + 1]);
  });

  it('leave an entry in the audit log, before and after', async () => {
    await change(admin, '/settings', '*', { invitationDays: 2 });
    const logs = await (await admin.call('GET', '/audit-logs?action=settings.change&limit=1')).json();
    const entry = { target: 'settings', before: { invitationDays: null }, after: { invitationDays: 2 } };
    expect(logs).toMatchObject({ items: [entry] });
  });

  it.each([
    [{ sessionDays: 0 }, 'invalid-field'],
    [{ sessionDays: 1.5 }, 'invalid-field'],
    [{ readsPerMinute: 1 }, 'invalid-field'],
    [{ nothingOfTheKind: true }, 'invalid-field'],
    [{ constructor: 1 }, 'invalid-field'],
    [{ exchange: 'kraken' }, 'invalid-field'],
    [{ mailFrom: 'a@b.example\r\nBcc: c@d.example' }, 'invalid-field'],
    [{ mailFrom: 'other@example.com' }, 'conflict'],
  ])('refuse %j', async (patch, code) => {
    expect(await admin.refusal('PATCH', '/settings', patch, { 'if-match': '*' })).toBe(code);
  });

  it('are for admins, and changed by no key', async () => {
    expect(await trader.refusal('GET', '/settings')).toBe('forbidden');
    expect(await trader.refusal('PATCH', '/settings', {}, { 'if-match': '*' })).toBe('forbidden');
    const key = await withKey(admin, ['admin:read', 'settings:write']);
    expect((await key.call('GET', '/settings')).status).toBe(200);
    expect(await key.refusal('PATCH', '/settings', { sessionDays: 1 }, { 'if-match': '*' })).toBe('forbidden');
  });

  it('hold at once: lives of sessions and invitations', async () => {
    await change(admin, '/settings', '*', { sessionDays: 3, accessTokenMinutes: 2, invitationDays: 1 });
    const guest = await invite(admin, 'short', 'viewer');
    expect(guest.signedIn.expiresMs).toBe(nowMs + 2 * 60_000);
    const { items } = z
      .object({ items: z.array(z.custom<SessionView>()) })
      .parse(await (await guest.call('GET', '/auth/sessions')).json());
    expect(items[0]?.expiresMs).toBe(nowMs + 3 * DAY_MS);
    const invitation = await (await admin.call('POST', '/invitations', { role: 'viewer' })).json();
    expect(invitation).toMatchObject({ expiresMs: nowMs + DAY_MS });
  });

  it('hold at once: requests a minute', async () => {
    await change(admin, '/settings', '*', { readsPerMinute: 61 });
    expect((await trader.call('GET', '/me/settings')).headers.get('ratelimit-limit')).toBe('61');
    await change(admin, '/settings', '*', { readsPerMinute: null });
    expect((await trader.call('GET', '/me/settings')).headers.get('ratelimit-limit')).toBe('1200');
  });

  it('what another process stores holds within seconds; what no longer fits counts as not chosen', async () => {
    const database = await openDatabase({ url: `file:${join(server.dataDir, 'wickworks.db')}` });
    const { version } = await system();
    const entry = { timeMs: 1, actorId: '', actorName: 'wick', by: 'cli', before: '{}', after: '{}' };
    const chosen = '{"readsPerMinute":70,"sessionDays":"many","exchange":"gone"}';
    expect(await database.accounts.settings.change({ owner: 'system', expected: version, chosen }, entry)).toBe(true);
    await database.close();
    nowMs += 6_000;
    // The first one that asks sets the look off.
    await expect.poll(async () => (await trader.call('GET', '/me/settings')).headers.get('ratelimit-limit')).toBe('70');
    expect((await system()).values).toMatchObject({ sessionDays: 30, exchange: 'scripted' });
    await change(admin, '/settings', '*', { readsPerMinute: null });
  });

  it('let people register by themselves only while they say so, and as viewers', async () => {
    const nobody = new Person(server);
    const body = (username: string) => ({ username, password: 'tidal-oboe-ferment-quill', transport: 'token' });
    expect(await nobody.refusal('POST', '/auth/register', body('early'))).toBe('unauthenticated');
    await change(admin, '/settings', '*', { selfRegistration: true });
    expect(await (await nobody.call('GET', '/auth/setup')).json()).toMatchObject({ canRegister: true });
    const answer = await nobody.call('POST', '/auth/register', body('late'));
    expect(await answer.json()).toMatchObject({ user: { role: 'viewer' } });
    await change(admin, '/settings', '*', { selfRegistration: null });
    expect(await nobody.refusal('POST', '/auth/register', body('later'))).toBe('unauthenticated');
  });
});

describe("somebody's settings", () => {
  it('begin with what is built in and the chart of the installation', async () => {
    await change(admin, '/settings', '*', { timeframe: '4h' });
    const found = await own();
    expect(found).toMatchObject({ version: 0, values: { theme: 'system', timeframe: '4h', securityMail: true } });
    expect(found.sources).toMatchObject({ theme: 'default', timeframe: 'system', symbol: 'default' });
  });

  it('are changed and restored by their owner, and are nobody else’s', async () => {
    const changed = await change(trader, '/me/settings', 0, {
      theme: 'dark',
      timeZone: 'Europe/Vienna',
      timeframe: '5m',
    });
    expect(UserSettingsView.parse(await changed.json())).toMatchObject({
      ...{ version: 1, values: { theme: 'dark', timeZone: 'Europe/Vienna', timeframe: '5m' } },
      sources: { theme: 'stored', timeframe: 'stored', palette: 'default' },
    });
    expect((await change(trader, '/me/settings', 0, { theme: 'light' })).status).toBe(412);
    expect(await own(admin)).toMatchObject({ version: 0, values: { theme: 'system' } });
    const { items } = Page.parse(await (await trader.call('GET', '/me/settings/history')).json());
    await change(trader, '/me/settings', 1, items[0]?.before);
    expect(await own()).toMatchObject({ version: 2, values: { theme: 'system', timeframe: '4h' } });
  });

  it.each([
    { timeZone: 'Mars/Olympus' },
    { theme: 'pink' },
    { idleLockMinutes: -1 },
    { exchange: 'kraken' },
    { role: 'admin' },
  ])('refuse %j', async (patch) => {
    expect(await trader.refusal('PATCH', '/me/settings', patch, { 'if-match': '*' })).toBe('invalid-field');
  });

  it('are read and changed by keys that may', async () => {
    const reader = await withKey(trader, ['settings:read']);
    expect((await reader.call('GET', '/me/settings')).status).toBe(200);
    expect(await reader.refusal('PATCH', '/me/settings', { theme: 'dark' }, { 'if-match': '*' })).toBe('forbidden');
    const writer = await withKey(trader, ['settings:write']);
    expect((await change(writer, '/me/settings', '*', { theme: 'dark' })).status).toBe(200);
  });
});

describe('the audit log as a file', () => {
  it('comes as NDJSON, oldest first, one entry a line, its own making last', async () => {
    const answer = await admin.call('GET', '/audit-logs/export');
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="wickworks-audit-[\d-]+\.ndjson"$/,
    );
    const Line = z.object({ seq: z.int(), action: z.string(), hash: z.string() });
    const lines = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => Line.parse(JSON.parse(line)));
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1));
    expect(lines.at(-1)?.action).toBe('audit.export');
  });

  it('is filtered as the list is', async () => {
    const text = await (await admin.call('GET', '/audit-logs/export?action=settings.change&format=ndjson')).text();
    const actions = text
      .trimEnd()
      .split('\n')
      .map((line) => z.object({ action: z.string() }).parse(JSON.parse(line)).action);
    expect(new Set(actions)).toEqual(new Set(['settings.change']));
    expect(await (await admin.call('GET', '/audit-logs/export?actor=nobody-of-this-name')).text()).toBe('');
  });

  it('comes as CSV without formulas', async () => {
    await admin.call(
      'PATCH',
      '/me/settings',
      { theme: 'dark' },
      { 'if-match': '*', 'user-agent': '=cmd|"/C calc"!A0' },
    );
    const answer = await admin.call('GET', '/audit-logs/export?format=csv&action=settings.change');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const text = await answer.text();
    expect(text.split('\r\n')[0]).toBe(
      'seq,timeMs,actorId,actorName,by,action,target,before,after,address,agent,requestId,hash',
    );
    expect(text).toContain(`,"'=cmd|""/C calc""!A0",`);
  });

  it('is for admins and keys that read as such', async () => {
    expect(await trader.refusal('GET', '/audit-logs/export')).toBe('forbidden');
    const key = await withKey(admin, ['admin:read']);
    expect((await key.call('GET', '/audit-logs/export')).status).toBe(200);
  });
});
