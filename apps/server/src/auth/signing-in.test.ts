import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { totpCode } from '@wickworks/accounts';
import {
  AuditEntryView,
  listOf,
  MeView,
  Problem,
  RecoveryCodes,
  SessionView,
  SignedIn,
  TotpStart,
} from '@wickworks/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { becomeAdmin, invite, PASSWORD, Person, withKey } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

let server: TestServer;
let nobody: Person;
let admin: Person;
/** The server's clock, which tests move. */
let nowMs = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

beforeAll(async () => {
  server = await startTestServer([new ScriptedExchange()], { nowMs: () => nowMs });
  nobody = new Person(server);
});
afterAll(() => server.dispose());

const login = (username: string, password = PASSWORD, more: object = {}) =>
  nobody.call('POST', '/auth/login', { username, password, transport: 'token', ...more });
const me = async (person: Person): Promise<MeView> => MeView.parse(await (await person.call('GET', '/auth/me')).json());
/** Beyond the pauses that wrong attempts have earned, and the limits of the minute. */
const aWhileLater = async (): Promise<void> => {
  nowMs += 61 * MINUTE;
  const again = SignedIn.parse(await (await login('root')).json());
  admin = new Person(server, again.accessToken ?? '');
};

describe('before the first account', () => {
  it('this machine is at home, but has no secrets', async () => {
    expect(await me(nobody)).toMatchObject({ by: 'open-house', userId: 'local', role: 'trader' });
    expect((await nobody.call('GET', '/jobs')).status).toBe(200);
    for (const [method, path] of [
      ['GET', '/users'],
      ['GET', '/audit-logs'],
      ['GET', '/auth/api-keys'],
      ['GET', '/exchanges/scripted/credentials'],
    ] as const)
      expect(await nobody.refusal(method, path)).toBe('unauthenticated');
  });

  it('nobody takes the first seat without the setup token, which only the owner can read', async () => {
    const path = join(server.dataDir, 'setup-token');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const body = { token: 'guess', username: 'root', password: PASSWORD };
    expect(await nobody.refusal('POST', '/auth/register', body)).toBe('unauthenticated');
  });

  it('a weak password costs nothing but another try', async () => {
    const body = { token: 'guess', username: 'root', password: 'password1234' };
    expect(await nobody.refusal('POST', '/auth/register', body)).toBe('invalid-field');
  });

  it('the first account is an admin, takes over what was made, and closes the house', async () => {
    const first = await becomeAdmin(server);
    admin = first.admin;
    expect(first.signedIn.user).toMatchObject({ id: 'local', role: 'admin', username: 'root' });
    expect(existsSync(join(server.dataDir, 'setup-token'))).toBe(false);
    expect(await me(nobody)).toMatchObject({ by: 'nobody', role: null });
    expect(await nobody.refusal('GET', '/jobs')).toBe('unauthenticated');
    for (const given of ['Bearer junk', 'Bearer wk_junk', 'Bearer', 'Bearer ', 'bearer two words'])
      expect(await nobody.refusal('GET', '/auth/me', undefined, { authorization: given }), given).toBe(
        'unauthenticated',
      );
    expect((await nobody.call('GET', '/exchanges')).status).toBe(200);
    expect(await nobody.refusal('POST', '/auth/register', { token: 'x', username: 'two', password: PASSWORD })).toBe(
      'unauthenticated',
    );
  });
});

describe('passwords', () => {
  it('sign in; a wrong one, an unknown name and a disabled account are told apart by nothing', async () => {
    const ada = await invite(admin, 'ada', 'trader');
    expect((await login('ADA ')).status).toBe(200);
    await admin.call('PATCH', `/users/${ada.user.id}`, { isDisabled: true }, { 'if-match': '*' });
    const answers = await Promise.all([login('root', 'wrong-password'), login('nobody-here'), login('ada')]);
    const bodies = await Promise.all(answers.map(async (answer) => Problem.parse(await answer.json())));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    const said = bodies.map((body) => JSON.stringify({ ...body, requestId: '' }));
    expect(new Set(said).size).toBe(1);
    expect(await ada.refusal('GET', '/auth/sessions')).toBe('unauthenticated');
    await admin.call('PATCH', `/users/${ada.user.id}`, { isDisabled: false }, { 'if-match': '*' });
  });

  it('wrong ones slow their author down, for known and unknown names alike', async () => {
    await aWhileLater();
    for (const name of ['root', 'ghost']) {
      const codes: number[] = [];
      for (let attempt = 0; attempt < 7; attempt++) codes.push((await login(name, 'wrong-password')).status);
      expect(codes).toEqual([401, 401, 401, 401, 401, 429, 429]);
      const blocked = await login(name);
      expect([blocked.status, Number(blocked.headers.get('retry-after'))]).toEqual([429, 1]);
    }
    nowMs += 2_000;
    expect((await login('root')).status).toBe(200);
    await aWhileLater();
  });

  it('are changed with the current one; other sessions end', async () => {
    const bob = await invite(admin, 'bob', 'viewer');
    const other = SignedIn.parse(await (await login('bob')).json());
    const change = (currentPassword: string, newPassword: string) =>
      bob.refusal('POST', '/auth/password', { currentPassword, newPassword });
    expect(await change('wrong-password', 'gravel-lantern-mosaic-71')).toBe('invalid-field');
    expect(await change(PASSWORD, 'bob-bob-bob')).toBe('invalid-field');
    expect(await change(PASSWORD, 'gravel-lantern-mosaic-71')).toBe('204 is no refusal');
    expect((await me(bob)).role).toBe('viewer');
    expect(await new Person(server, other.accessToken ?? '').refusal('GET', '/auth/sessions')).toBe('unauthenticated');
    expect((await login('bob', 'gravel-lantern-mosaic-71')).status).toBe(200);
  });
});

describe('sessions', () => {
  it('are listed and ended by their owner only', async () => {
    const eve = await invite(admin, 'eve', 'trader');
    const second = SignedIn.parse(await (await login('eve')).json());
    const list = async () => listOf(SessionView).parse(await (await eve.call('GET', '/auth/sessions')).json()).items;
    const other = (await list()).find(({ isCurrent }) => !isCurrent);
    expect(await admin.refusal('DELETE', `/auth/sessions/${String(other?.id)}`)).toBe('not-found');
    expect((await eve.call('DELETE', `/auth/sessions/${String(other?.id)}`)).status).toBe(204);
    expect((await list()).map(({ isCurrent }) => isCurrent)).toEqual([true]);
    expect(await new Person(server, second.accessToken ?? '').refusal('GET', '/auth/sessions')).toBe('unauthenticated');
  });

  it('a refresh token is good once; one that comes again ends the session for both', async () => {
    const first = SignedIn.parse(await (await login('eve')).json());
    const refresh = (refreshToken: string | null) => nobody.call('POST', '/auth/refresh', { refreshToken });
    const second = SignedIn.parse(await (await refresh(first.refreshToken)).json());
    expect((await me(new Person(server, second.accessToken ?? ''))).name).toBe('eve');
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect((await refresh(second.refreshToken)).status).toBe(401);
    expect(await new Person(server, second.accessToken ?? '').refusal('GET', '/auth/sessions')).toBe('unauthenticated');
    const log = await admin.call('GET', '/audit-logs?action=session.reuse');
    expect(listOf(AuditEntryView).parse(await log.json()).items[0]).toMatchObject({ actorName: 'eve' });
  });

  it('end by time: the access token after minutes, the session after weeks', async () => {
    const signedIn = SignedIn.parse(await (await login('eve')).json());
    const person = new Person(server, signedIn.accessToken ?? '');
    nowMs = signedIn.expiresMs;
    expect(await person.refusal('GET', '/auth/sessions')).toBe('unauthenticated');
    nowMs += 31 * 24 * 60 * MINUTE;
    expect(await nobody.refusal('POST', '/auth/refresh', { refreshToken: signedIn.refreshToken })).toBe(
      'unauthenticated',
    );
    await aWhileLater();
  });

  it('a token that somebody else signed, or nobody, is refused', async () => {
    const [head = '', claims = '', mark = ''] = (admin.token ?? '').split('.');
    const other = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
    const forged = [
      `${other}.${claims}.`,
      `${head}.${claims}.${mark.split('').reverse().join('')}`,
      'x.y.z',
      'garbage',
    ];
    for (const token of forged) expect(await new Person(server, token).refusal('GET', '/jobs')).toBe('unauthenticated');
  });
});

describe('pages', () => {
  beforeEach(aWhileLater);

  /** What a browser would keep of an answer. */
  const cookiesOf = (answer: Response): string =>
    answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');

  it('get cookies scripts cannot read, and must show the CSRF token to change anything', async () => {
    const answer = await nobody.call('POST', '/auth/login', { username: 'eve', password: PASSWORD });
    const set = answer.headers.getSetCookie();
    expect(set).toHaveLength(3);
    for (const cookie of set) expect(cookie).toContain('SameSite=Strict');
    expect(set.filter((cookie) => cookie.includes('HttpOnly')).map((cookie) => cookie.split('=')[0])).toEqual([
      'wick_access',
      'wick_refresh',
    ]);
    const signedIn = SignedIn.parse(await answer.json());
    expect([signedIn.accessToken, signedIn.refreshToken]).toEqual([null, null]);
    const cookie = cookiesOf(answer);
    const page = (method: string, path: string, headers: Record<string, string> = {}) =>
      nobody.call(method, path, method === 'GET' ? undefined : {}, { cookie, ...headers });
    expect((await page('GET', '/auth/sessions')).status).toBe(200);
    expect((await page('DELETE', '/auth/sessions')).status).toBe(403);
    expect((await page('DELETE', '/auth/sessions', { 'x-csrf-token': 'guess' })).status).toBe(403);
    const csrf = { 'x-csrf-token': signedIn.csrfToken };
    expect((await page('DELETE', '/auth/sessions', csrf)).status).toBe(204);
    expect((await page('POST', '/auth/refresh')).status).toBe(403);
    const refreshed = await page('POST', '/auth/refresh', csrf);
    expect(refreshed.status).toBe(200);
    expect((await page('POST', '/auth/logout')).status).toBe(403);
    const out = await nobody.call('POST', '/auth/logout', {}, { cookie: cookiesOf(refreshed), ...csrf });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie().every((one) => one.includes('Max-Age=0'))).toBe(true);
    const stale = await nobody.call('GET', '/auth/sessions', undefined, { cookie: cookiesOf(refreshed) });
    expect(stale.status).toBe(401);
  });

  it("one session's CSRF token is of no use to another", async () => {
    const [mine, theirs] = await Promise.all(
      ['eve', 'root'].map((username) => nobody.call('POST', '/auth/login', { username, password: PASSWORD })),
    );
    if (!mine || !theirs) throw new Error('unreachable');
    const { csrfToken } = SignedIn.parse(await theirs.json());
    const answer = await nobody.call(
      'DELETE',
      '/auth/sessions',
      {},
      { cookie: cookiesOf(mine), 'x-csrf-token': csrfToken },
    );
    expect(answer.status).toBe(403);
  });
});

describe('an authenticator app', () => {
  beforeEach(aWhileLater);

  it('is set up, asked for, and stood in for by recovery codes', async () => {
    const zoe = await invite(admin, 'zoe', 'trader');
    expect(await zoe.refusal('POST', '/auth/totp', { password: 'wrong-password' })).toBe('invalid-field');
    const { secret, uri } = TotpStart.parse(
      await (await zoe.call('POST', '/auth/totp', { password: PASSWORD })).json(),
    );
    expect(uri).toContain(`secret=${secret}`);
    expect((await login('zoe')).status).toBe(200);
    expect(await zoe.refusal('POST', '/auth/totp/confirm', { code: '000000' })).toBe('invalid-field');
    const confirmed = await zoe.call('POST', '/auth/totp/confirm', { code: totpCode(secret, nowMs) });
    const { recoveryCodes } = RecoveryCodes.parse(await confirmed.json());
    expect(await nobody.refusal('POST', '/auth/login', { username: 'zoe', password: PASSWORD })).toBe(
      'second-factor-required',
    );
    // The code that confirmed has been used.
    expect((await login('zoe', PASSWORD, { code: totpCode(secret, nowMs) })).status).toBe(401);
    nowMs += 30_000;
    const code = totpCode(secret, nowMs);
    const both = await Promise.all([login('zoe', PASSWORD, { code }), login('zoe', PASSWORD, { code })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    const recovery = { code: recoveryCodes[0] };
    expect((await login('zoe', PASSWORD, recovery)).status).toBe(200);
    expect((await login('zoe', PASSWORD, recovery)).status).toBe(401);
    expect((await zoe.call('POST', '/auth/totp/disable', { password: PASSWORD })).status).toBe(204);
    expect((await login('zoe')).status).toBe(200);
  });
});

describe('API keys', () => {
  beforeEach(aWhileLater);

  it('do what their scopes allow, from where they may, until they are revoked', async () => {
    const owner = await invite(admin, 'owner', 'trader');
    const reader = await withKey(owner, ['jobs:read']);
    expect((await reader.call('GET', '/jobs')).status).toBe(200);
    expect(await reader.refusal('DELETE', '/jobs/x')).toBe('forbidden');
    expect(await reader.refusal('GET', '/auth/api-keys')).toBe('forbidden');
    const elsewhere = await withKey(owner, ['jobs:read'], ['10.0.0.0/8']);
    expect(await elsewhere.refusal('GET', '/jobs')).toBe('forbidden');
    expect(await admin.refusal('DELETE', `/auth/api-keys/${reader.id}`)).toBe('not-found');
    expect((await owner.call('DELETE', `/auth/api-keys/${reader.id}`)).status).toBe(204);
    expect(await reader.refusal('GET', '/jobs')).toBe('unauthenticated');
  });

  it('never do more than their owner, and end when they say', async () => {
    const weak = await invite(admin, 'weak', 'viewer');
    const key = await withKey(weak, ['jobs:write', 'admin:read']);
    expect(await key.refusal('DELETE', '/jobs/x')).toBe('forbidden');
    expect(await key.refusal('GET', '/audit-logs')).toBe('forbidden');
    const expiresMs = nowMs + MINUTE;
    const brief = await weak.call('POST', '/auth/api-keys', { name: 'brief', scopes: ['jobs:read'], expiresMs });
    const { key: text } = (await brief.json()) as { key: string };
    expect((await new Person(server, text).call('GET', '/jobs')).status).toBe(200);
    nowMs = expiresMs;
    expect(await new Person(server, text).refusal('GET', '/jobs')).toBe('unauthenticated');
  });
});

describe('admins', () => {
  beforeEach(aWhileLater);

  it('cannot lose the last of them, and change accounts only as they are', async () => {
    const users = await admin.call('GET', '/users/local');
    expect(users.headers.get('etag')).toMatch(/^"v\d+"$/);
    expect(await admin.refusal('PATCH', '/users/local', { role: 'viewer' })).toBe('precondition-required');
    expect(await admin.refusal('PATCH', '/users/local', { name: 'R' }, { 'if-match': '"v999"' })).toBe(
      'precondition-failed',
    );
    expect(await admin.refusal('PATCH', '/users/local', { role: 'viewer' }, { 'if-match': '*' })).toBe('conflict');
    expect(await admin.refusal('PATCH', '/users/local', { isAdmin: true }, { 'if-match': '*' })).toBe('invalid-field');
    const etag = users.headers.get('etag') ?? '';
    expect((await admin.call('PATCH', '/users/local', { name: 'Root' }, { 'if-match': etag })).status).toBe(200);
  });

  it('reset a password: sessions and second factor of the account end', async () => {
    const kim = await invite(admin, 'kim', 'viewer');
    const reset = await admin.call('POST', `/users/${kim.user.id}/password`, { password: 'gravel-lantern-mosaic-71' });
    expect(reset.status).toBe(204);
    expect(await kim.refusal('GET', '/auth/sessions')).toBe('unauthenticated');
    expect((await login('kim', 'gravel-lantern-mosaic-71')).status).toBe(200);
  });
});
