import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignedIn } from '@wickworks/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { becomeAdmin, invite, PASSWORD, Person } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { MailBox } from '../testing/mail-box.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const NEW_PASSWORD = 'velvet-anchor-mulberry-stone';
const dataDir = mkdtempSync(join(tmpdir(), 'wick-mail-'));
let box: MailBox;
let server: TestServer;
let admin: Person;
let nowMs = Date.UTC(2026, 0, 1);

beforeAll(async () => {
  box = await MailBox.open();
  const env = {
    WICK_SMTP_URL: box.url,
    WICK_MAIL_FROM: 'Wickworks <wick@example.com>',
  };
  server = await startTestServer([new ScriptedExchange()], { env, dataDir, nowMs: () => nowMs });
  await becomeAdmin(server);
});
afterAll(async () => {
  await server.dispose();
  await box.close();
});
beforeEach(async () => {
  nowMs += 2 * 60_000;
  box.clear();
  await admins();
});

const tokenIn = (text: string): string => /#token=([\w-]+)/.exec(text)?.[1] ?? '';
const login = (username: string, password: string) =>
  new Person(server).call('POST', '/auth/login', { username, password, transport: 'token' });
/** Its token ends while the tests let time pass. */
async function admins(): Promise<void> {
  const { accessToken } = SignedIn.parse(await (await login('root', PASSWORD)).json());
  admin = new Person(server, accessToken ?? '');
}
const forgot = (account: string) => new Person(server).call('POST', '/auth/password/forgot', { account });
const reset = (token: string, newPassword = NEW_PASSWORD) =>
  new Person(server).call('POST', '/auth/password/reset', { token, newPassword });

async function withAddress(username: string, address = `${username}@example.com`) {
  const person = await invite(admin, username, 'trader');
  await person.call('PUT', '/auth/mail-address', { address, password: PASSWORD });
  const { text } = await box.next(address);
  await new Person(server).call('POST', '/auth/mail-address/confirm', { token: tokenIn(text) });
  nowMs += 2 * 60_000;
  box.clear();
  return person;
}

describe('a mail address', () => {
  it('is that of the account once its owner followed the link, which is good once', async () => {
    const ada = await invite(admin, 'ada', 'trader');
    const wrong = { address: 'ada@example.com', password: 'not this one at all' };
    expect(await ada.refusal('PUT', '/auth/mail-address', wrong)).toBe('invalid-field');
    const answer = await ada.call('PUT', '/auth/mail-address', { address: 'ada@example.com', password: PASSWORD });
    expect(await answer.json()).toMatchObject({
      address: null,
      pending: { address: 'ada@example.com' },
      canMail: true,
    });
    const mail = await box.next('ada@example.com');
    expect(mail.from).toBe('wick@example.com');
    expect(mail.text).toContain('From: Wickworks <wick@example.com>');
    const token = tokenIn(mail.text);
    const nobody = new Person(server);
    expect(await nobody.refusal('POST', '/auth/mail-address/confirm', { token: `${token}x` })).toBe('unauthenticated');
    // A token of one purpose is of no use for another.
    expect((await reset(token)).status).toBe(401);
    expect((await nobody.call('POST', '/auth/mail-address/confirm', { token })).status).toBe(204);
    expect(await nobody.refusal('POST', '/auth/mail-address/confirm', { token })).toBe('unauthenticated');
    expect(await (await ada.call('GET', '/auth/mail-address')).json()).toMatchObject({
      ...{ address: 'ada@example.com', pending: null },
    });
  });

  it('is told when another takes its place; asking again and again fills nobody’s mailbox', async () => {
    const bob = await withAddress('bob');
    const other = { address: 'bob@other.example', password: PASSWORD };
    expect((await bob.call('PUT', '/auth/mail-address', other)).status).toBe(200);
    expect(await bob.refusal('PUT', '/auth/mail-address', other)).toBe('rate-limited');
    const { text } = await box.next('bob@other.example');
    await new Person(server).call('POST', '/auth/mail-address/confirm', { token: tokenIn(text) });
    expect((await box.next('bob@example.com')).text).toContain('another address');
    expect((await bob.call('POST', '/auth/mail-address/remove', { password: PASSWORD })).status).toBe(204);
    expect(await (await bob.call('GET', '/auth/mail-address')).json()).toMatchObject({ address: null });
  });

  it.each(['not an address', 'a@b.example\r\nBcc: c@d.example', '"a b"@c'])('refuses %j', async (address) => {
    expect(await admin.refusal('PUT', '/auth/mail-address', { address, password: PASSWORD })).toBe('invalid-field');
  });
});

describe('a forgotten password', () => {
  it('is set anew by the link, once; every session ends, the second factor stays, it is in the log', async () => {
    const eve = await withAddress('eve');
    expect((await forgot('Eve')).status).toBe(202);
    const { text } = await box.next('eve@example.com');
    const token = tokenIn(text);
    expect(text).toContain(`http://localhost:0/reset-password#token=${token}`);
    expect(await new Person(server).refusal('POST', '/auth/password/reset', { token, newPassword: 'weak' })).toBe(
      'invalid-field',
    );
    const both = await Promise.all([reset(token), reset(token)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 401]);
    expect((await eve.call('GET', '/me/settings')).status).toBe(401);
    const { refreshToken } = eve.signedIn;
    expect(await new Person(server).refusal('POST', '/auth/refresh', { refreshToken })).toBe('unauthenticated');
    expect((await login('eve', PASSWORD)).status).toBe(401);
    expect((await login('eve', NEW_PASSWORD)).status).toBe(200);
    expect((await box.next('eve@example.com')).text).toContain('with a link sent by mail');
    const logs = await (await admin.call('GET', `/audit-logs?target=user:${eve.user.id}&limit=20`)).json();
    expect(JSON.stringify(logs)).toContain('user.reset-forgotten-password');
    expect(JSON.stringify(logs)).not.toContain(token);
  });

  it('the link ends after half an hour, and when the address changes', async () => {
    const kim = await withAddress('kim');
    await forgot('kim@EXAMPLE.com');
    const first = tokenIn((await box.next('kim@example.com')).text);
    nowMs += 30 * 60_000;
    expect((await reset(first)).status).toBe(401);
    box.clear();
    await forgot('kim');
    const second = tokenIn((await box.next('kim@example.com')).text);
    // The session has run out of its token, the password still proves who it is.
    const { accessToken } = SignedIn.parse(await (await login('kim', PASSWORD)).json());
    const again = new Person(server, accessToken ?? '');
    expect((await again.call('POST', '/auth/mail-address/remove', { password: PASSWORD })).status).toBe(204);
    expect((await reset(second)).status).toBe(401);
    expect(kim.user.username).toBe('kim');
  });

  it('answers the same for whoever is not there, and sends nothing', async () => {
    await invite(admin, 'mute', 'viewer'); // no address
    const gone = await withAddress('gone');
    await admin.call('PATCH', `/users/${gone.user.id}`, { isDisabled: true }, { 'if-match': '*' });
    await withAddress('here');
    const answers = await Promise.all(['nobody', 'mute', 'gone', 'nobody@example.com', 'here'].map(forgot));
    const heads = answers.map((answer) => [
      answer.status,
      answer.headers.get('content-length'),
      answer.headers.get('content-type'),
    ]);
    expect(new Set(heads.map((head) => JSON.stringify(head))).size).toBe(1);
    await box.next('here@example.com');
    // Asked again at once: the one link is enough.
    await forgot('here');
    await withAddress('last'); // what was asked before has been looked up by now
    expect(box.recipients.filter((to) => to !== 'last@example.com')).toEqual([]);
  });

  it('is refused where the settings say no, without telling', async () => {
    await withAddress('quiet');
    const patch = { passwordResetByMail: false };
    await admin.call('PATCH', '/settings', patch, { 'if-match': '*' });
    expect(await (await new Person(server).call('GET', '/auth/setup')).json()).toMatchObject({
      canResetPassword: false,
    });
    expect((await forgot('quiet')).status).toBe(202);
    await withAddress('afterwards');
    expect(box.recipients).toEqual([]);
    await admin.call('PATCH', '/settings', { passwordResetByMail: null }, { 'if-match': '*' });
  });
});

describe('mail about what was done', () => {
  it('reaches whoever it concerns, unless they want none', async () => {
    const pat = await withAddress('pat');
    await pat.call('POST', '/auth/api-keys', { name: 'k', scopes: ['jobs:read'] });
    expect((await box.next('pat@example.com')).text).toContain('an API key was made');
    box.clear();
    await pat.call('PATCH', '/me/settings', { securityMail: false }, { 'if-match': '*' });
    await pat.call('POST', '/auth/api-keys', { name: 'l', scopes: ['jobs:read'] });
    await withAddress('other');
    expect(box.recipients).toEqual([]);
  });
});
