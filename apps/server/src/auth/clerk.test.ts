import { generateKeyPairSync } from 'node:crypto';
import { MeView, SignedIn, UserView, listOf } from '@wickworks/contracts';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { becomeAdmin, Person } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
const others = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PARTY = 'https://wick.example';
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer([new ScriptedExchange()], {
    env: {
      CLERK_SECRET_KEY: 'sk_test_unused',
      CLERK_PUBLISHABLE_KEY: 'pk_test_Y2xlcmsuZXhhbXBsZSQ',
      CLERK_JWT_KEY: ours.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      WICK_PUBLIC_URL: PARTY,
    },
  });
});
afterAll(() => server.dispose());

/** A session token as Clerk makes them, with what a test wants to be different. */
async function token(
  given: { sub?: string; azp?: string; key?: typeof ours; expiresInSeconds?: number } = {},
): Promise<string> {
  const { sub = 'user_2abcDEF', azp = PARTY, key = ours, expiresInSeconds = 60 } = given;
  const nowSeconds = Math.floor(Date.now() / 1_000);
  return new SignJWT({ azp, sid: 'sess_1' })
    .setProtectedHeader({ alg: 'RS256', kid: 'ins_1', typ: 'JWT' })
    .setIssuer('https://clerk.example')
    .setSubject(sub)
    .setIssuedAt(nowSeconds - 120)
    .setNotBefore(nowSeconds - 120)
    .setExpirationTime(nowSeconds + expiresInSeconds)
    .sign(key.privateKey);
}
const visitor = async (given?: Parameters<typeof token>[0]): Promise<Person> => new Person(server, await token(given));
const me = async (person: Person): Promise<MeView> => MeView.parse(await (await person.call('GET', '/auth/me')).json());

it('does not let the first visitor in before there is an admin', async () => {
  expect(await (await visitor()).refusal('GET', '/jobs')).toBe('unauthenticated');
});

it('makes a viewer of whoever Clerk vouches for, once, and leaves the role to the admin', async () => {
  const { admin } = await becomeAdmin(server);
  const ada = await visitor();
  const answers = await Promise.all([ada.call('GET', '/jobs'), ada.call('GET', '/jobs'), ada.call('GET', '/jobs')]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await me(ada)).toMatchObject({ by: 'clerk', role: 'viewer', user: { isClerk: true, hasPassword: false } });
  expect(await ada.refusal('DELETE', '/jobs/none')).toBe('forbidden');
  const users = listOf(UserView).parse(await (await admin.call('GET', '/users')).json()).items;
  const clerkUsers = users.filter(({ isClerk }) => isClerk);
  expect(clerkUsers).toHaveLength(1);
  const path = `/users/${clerkUsers[0]?.id ?? ''}`;
  expect((await admin.call('PATCH', path, { role: 'trader' }, { 'if-match': '*' })).status).toBe(200);
  expect(await (await visitor()).refusal('DELETE', '/jobs/none')).toBe('not-found');
  expect((await admin.call('PATCH', path, { isDisabled: true }, { 'if-match': '*' })).status).toBe(200);
  expect(await (await visitor()).refusal('GET', '/jobs')).toBe('forbidden');
  expect((await (await visitor({ sub: 'user_other' })).call('GET', '/jobs')).status).toBe(200);
});

it.each([
  ['expired', { expiresInSeconds: -60 }],
  ['signed with another key', { key: others }],
  ['made for another party', { azp: 'https://evil.example' }],
])('refuses a token that is %s', async (_what, given) => {
  expect(await (await visitor(given)).refusal('GET', '/jobs')).toBe('unauthenticated');
});

it('exchanges a token for a session of its own, which needs Clerk no more', async () => {
  const nobody = new Person(server);
  const answer = await nobody.call('POST', '/auth/clerk', {
    token: await token({ sub: 'user_page' }),
    transport: 'token',
  });
  expect(answer.status).toBe(200);
  const { accessToken, user } = SignedIn.parse(await answer.json());
  expect(user).toMatchObject({ isClerk: true, role: 'viewer' });
  const page = new Person(server, accessToken ?? '');
  expect(await me(page)).toMatchObject({ by: 'session', user: { id: user.id } });
  expect(await nobody.refusal('POST', '/auth/clerk', { token: await token({ key: others }) })).toBe('unauthenticated');
  // A session of ours is none of Clerk's: it buys no other one.
  expect(await nobody.refusal('POST', '/auth/clerk', { token: accessToken })).toBe('unauthenticated');
});

it('lets pages load what Clerk needs, of this instance and no other', async () => {
  const policy = (await fetch(server.url)).headers.get('content-security-policy') ?? '';
  const of = (name: string): string | undefined => policy.split(';').find((part) => part.startsWith(`${name} `));
  expect(of('script-src')).toBe("script-src 'self' https://clerk.example");
  expect(of('connect-src')).toBe("connect-src 'self' https://clerk.example");
  const plain = await startTestServer([new ScriptedExchange()]);
  try {
    expect((await fetch(plain.url)).headers.get('content-security-policy')).toContain("script-src 'self';");
  } finally {
    await plain.dispose();
  }
});
