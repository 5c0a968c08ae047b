import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { AuditEntryView, CredentialView, JobAccepted, JobView, listOf, MeView, UserView } from '@wickworks/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { becomeAdmin, invite, PASSWORD, Person, withKey } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';
import { checkOutbound } from './outbound-guard.js';

/*
 * Somebody with an account of the lowest rank, or none, tries each class of the OWASP API Security Top 10 (2023).
 */
const exchange = new ScriptedExchange();
let server: TestServer;
let admin: Person;
let trader: Awaited<ReturnType<typeof invite>>;
let intruder: Awaited<ReturnType<typeof invite>>;

beforeAll(async () => {
  server = await startTestServer([exchange]);
  ({ admin } = await becomeAdmin(server));
  trader = await invite(admin, 'victim', 'trader');
  intruder = await invite(admin, 'intruder', 'trader');
});
afterAll(() => server.dispose());

const Operations = z.object({ paths: z.unknown(), components: z.unknown() });
const SECRET = 'exchange-secret-5f0c';
const credential = { label: 'main', apiKey: 'AKEY-visible', secret: SECRET };

describe('API1 broken object level authorization', () => {
  it("others' credentials, keys, sessions, strategies and jobs do not exist", async () => {
    const added = await trader.call('POST', '/exchanges/scripted/credentials', credential);
    const { id } = CredentialView.parse(await added.json());
    const key = await withKey(trader, ['jobs:read']);
    const sessions = await trader.call('GET', '/auth/sessions');
    const [session] = listOf(CredentialView.pick({ id: true })).parse(await sessions.json()).items;
    const examples = await (await trader.call('GET', '/strategies/examples')).json();
    const { document } =
      z.object({ items: z.array(z.object({ document: z.unknown() })) }).parse(examples).items[0] ?? {};
    const made = await trader.call('POST', '/strategies', { document });
    const strategy = z.object({ id: z.string() }).parse(await made.json()).id;
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/versions'],
      ['GET', '/signals'],
      ['POST', '/stop'],
    ] as const) {
      const code = await intruder.refusal(method, `/strategies/${strategy}${path}`, undefined, { 'if-match': '*' });
      expect([method, path, code]).toEqual([method, path, 'unknown-strategy']);
    }
    const wanted = { exchange: 'scripted', symbol: 'BTC/USDT', timeframe: '1m', fromMs: 0, toMs: 60_000 };
    const started = await trader.call('POST', '/datasets/backfill', wanted);
    const jobId = JobAccepted.parse(await started.json()).job.id;
    expect((await trader.call('GET', `/jobs/${jobId}`)).status).toBe(200);
    expect((await admin.call('GET', `/jobs/${jobId}`)).status).toBe(200);
    expect(await intruder.refusal('GET', `/jobs/${jobId}`)).toBe('not-found');
    expect(await intruder.refusal('DELETE', `/jobs/${jobId}`)).toBe('not-found');
    expect(listOf(JobView).parse(await (await intruder.call('GET', '/jobs')).json()).items).toEqual([]);
    const match = { 'if-match': '*' };
    const tries = [
      ['PUT', `/exchanges/scripted/credentials/${id}`, credential],
      ['DELETE', `/exchanges/scripted/credentials/${id}`],
      ['DELETE', `/auth/api-keys/${key.id}`],
      ['DELETE', `/auth/sessions/${String(session?.id)}`],
    ] as const;
    for (const [method, path, body] of tries)
      expect([path, await intruder.refusal(method, path, body, match)]).toEqual([path, 'not-found']);
    const seen = await intruder.call('GET', '/exchanges/scripted/credentials');
    expect(listOf(CredentialView).parse(await seen.json()).items).toEqual([]);
    expect((await trader.call('GET', '/auth/sessions')).status).toBe(200);
  });
});

describe('API2 broken authentication', () => {
  it('guessing is slowed, tokens cannot be made up, a key in the address is none', async () => {
    const codes: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      const body = { username: 'victim', password: `guess-${attempt}` };
      codes.push((await new Person(server).call('POST', '/auth/login', body)).status);
    }
    expect(codes.filter((code) => code === 429).length).toBeGreaterThan(0);
    expect(await new Person(server, `wk_${'A'.repeat(43)}`).refusal('GET', '/jobs')).toBe('unauthenticated');
    expect((await new Person(server).call('GET', `/jobs?access_token=${String(intruder.token)}`)).status).toBe(401);
  });
});

describe('API3 broken object property level authorization', () => {
  it('fields that are not asked for change nothing, and answers hold no secret', async () => {
    expect(await admin.refusal('PATCH', `/users/${intruder.user.id}`, { passwordHash: 'x' }, { 'if-match': '*' })).toBe(
      'invalid-field',
    );
    const body = { token: 'none', username: 'mass', password: PASSWORD, role: 'admin', isAdmin: true };
    expect(await new Person(server).refusal('POST', '/auth/register', body)).toBe('invalid-field');
    const users = await (await admin.call('GET', '/users')).text();
    expect(users).not.toMatch(/argon2|hash|totpSecret/i);
    expect(listOf(UserView).parse(JSON.parse(users)).items.length).toBe(3);
  });
});

describe('API4 unrestricted resource consumption', () => {
  it('bodies, pages, nesting and headers have limits', async () => {
    const long = { label: 'x', apiKey: 'x'.repeat(2_000_000), secret: 'x' };
    expect(await intruder.refusal('POST', '/exchanges/scripted/credentials', long)).toBe('payload-too-large');
    expect(await intruder.refusal('GET', '/jobs?limit=100000')).toBe('invalid-field');
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const answer = await fetch(`${server.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: deep,
    });
    expect(answer.status).toBe(400);
    const large = await fetch(`${server.url}/api/v1/exchanges`, { headers: { 'x-large': 'x'.repeat(20_000) } }).catch(
      () => null,
    );
    expect(large?.status ?? 431).toBe(431);
  });
});

describe('API5 broken function level authorization', () => {
  it("an admin's functions are an admin's, whatever the method says", async () => {
    for (const path of ['/users', '/audit-logs', '/invitations', '/users/local'])
      expect([path, await intruder.refusal('GET', path)]).toEqual([path, 'forbidden']);
    expect(await intruder.refusal('POST', '/invitations', { role: 'admin' })).toBe('forbidden');
    const disguised = await intruder.call('GET', '/users/local', undefined, { 'x-http-method-override': 'DELETE' });
    expect(disguised.status).toBe(403);
    expect(
      (await intruder.call('PATCH', `/users/${intruder.user.id}`, { role: 'admin' }, { 'if-match': '*' })).status,
    ).toBe(403);
  });
});

describe('API6 unrestricted access to sensitive business flows', () => {
  it('an invitation is good once', async () => {
    const { token } = (await (await admin.call('POST', '/invitations', { role: 'viewer' })).json()) as {
      token: string;
    };
    const join = (username: string) =>
      new Person(server).call('POST', '/auth/register', { token, username, password: PASSWORD, transport: 'token' });
    const both = await Promise.all([join('first-one'), join('second-one')]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 401]);
  });
});

describe('API7 server side request forgery', () => {
  const INSIDE = 'http://169.254.169.254/latest/meta-data';

  it('no operation takes an address to call, nor does a text that looks like one lead anywhere', async () => {
    const spec = Operations.parse(await (await new Person(server).call('GET', '/openapi.json')).json());
    const said = JSON.stringify([spec.paths, spec.components]);
    const names = [...said.matchAll(/"(\w+)":/g)].map(([, name = '']) => name);
    const isAddress = (name: string): boolean =>
      name.split(/(?=[A-Z])/).some((word) => /^(url|uri|webhook|callback|endpoint|host|hostname)$/i.test(word));
    expect(names.length).toBeGreaterThan(500);
    // The one there is leads into an authenticator app, and is an answer.
    expect([...new Set(names.filter(isAddress))]).toEqual(['uri']);
    expect(said).not.toContain('"format":"uri"');
    const asked = exchange.queries.length;
    const [from, to] = [{ fromMs: 0, toMs: 60_000 }, '/exchanges'];
    const outward = [
      ['POST', '/datasets/backfill', { ...from, exchange: 'scripted', symbol: INSIDE, timeframe: '1m' }],
      ['POST', '/datasets/backfill', { ...from, exchange: INSIDE, symbol: 'BTC/USDT', timeframe: '1m' }],
      ['POST', `${to}/${encodeURIComponent(INSIDE)}/credentials`, credential],
      ['POST', `${to}/${encodeURIComponent('../../_venue')}/credentials`, credential],
    ] as const;
    for (const [method, path, body] of outward)
      expect([path, await intruder.refusal(method, path, body)]).toEqual([
        path,
        expect.stringMatching(/^(invalid-field|unknown-exchange|unknown-symbol|not-found)$/),
      ]);
    expect(exchange.queries.length).toBe(asked);
  });

  it.each([
    INSIDE,
    'https://[::ffff:7f00:1]/',
    'https://2130706433/',
    'https://user@example.org/',
    'gopher://example.org/',
  ])('what is to call addresses some day refuses %s', async (address) => {
    expect((await checkOutbound(address, () => Promise.resolve(['93.184.215.14']))).ok).toBe(false);
  });
});

describe('API8 security misconfiguration', () => {
  it('foreign pages and foreign names are shut out; errors tell nothing; headers protect', async () => {
    const foreign = { origin: 'https://evil.example' };
    expect(await intruder.refusal('GET', '/jobs', undefined, foreign)).toBe('forbidden');
    const broken = await fetch(`${server.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"username":',
    });
    const text = await broken.text();
    expect(text).not.toMatch(/at .*\.ts|node_modules|SyntaxError/);
    const { headers } = await fetch(`${server.url}/api/v1/exchanges`);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('paths do not lead out of the folder of the web app', async () => {
    const { port } = new URL(server.url);
    for (const path of ['/../secret', '/assets/..%2f..%2fsecret', '/%2e%2e/%2e%2e/secret', '/assets/../../secret']) {
      const raw = await new Promise<string>((resolve, reject) => {
        const tcp = connect(Number(port), '127.0.0.1', () => {
          tcp.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
        });
        let seen = '';
        tcp.on('data', (piece) => (seen += piece.toString()));
        tcp.on('end', () => resolve(seen));
        tcp.on('error', reject);
      });
      expect(raw).not.toContain(readFileSync(join(server.dataDir, 'secret'), 'utf8').trim());
    }
  });
});

describe('API9 improper inventory management', () => {
  it('former and coming versions, debugging aids and files that lie about are not there', async () => {
    const forgotten = ['/api', '/api/v0/jobs', '/api/v2/jobs', '/api/v1', '/api/v1/debug', '/api/v1/users/../internal'];
    const aids = ['/api/v1/_venue/state', '/api/swagger.json', '/api/graphql', '/api/v1/jobs.json', '/api/v1/admin'];
    for (const path of [...forgotten, ...aids]) {
      const answer = await fetch(`${server.url}${path}`, {
        headers: { authorization: `Bearer ${String(admin.token)}` },
      });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    const files = [
      '/.env',
      '/.git/config',
      '/package.json',
      '/wickworks.db',
      '/secret',
      '/setup-token',
      '/main.js.map',
    ];
    for (const path of files) {
      const answer = await fetch(`${server.url}${path}`);
      expect([
        path,
        answer.headers.get('content-type')?.startsWith('text/html') === true || answer.status === 404,
      ]).toEqual([path, true]);
    }
  });

  it('methods that are not in the table are refused, whoever asks', async () => {
    for (const method of ['PUT', 'PATCH', 'REPORT', 'PROPFIND'])
      expect([method, (await admin.call(method, '/jobs')).status]).toEqual([method, 405]);
  });
});

describe('API10 unsafe consumption of APIs', () => {
  it('what an exchange says of a failure is text, and is not told where it may hold a key', async () => {
    const markup = '<img src=x onerror=alert(1)>';
    const message = `GET https://api.example/v3/account?signature=${SECRET} answered 418 ${markup}`;
    exchange.failure = { kind: 'rejected', message, retryable: false };
    const stored = await trader.call('POST', '/exchanges/scripted/credentials', credential);
    expect(await stored.text()).not.toContain(SECRET);
    exchange.failure = { kind: 'rejected', message: markup, retryable: false };
    const wanted = { exchange: 'scripted', symbol: 'ETH/USDT', timeframe: '1m', fromMs: 0, toMs: 60_000 };
    const { status, headers } = await trader.call('POST', '/datasets/backfill', wanted);
    exchange.failure = null;
    expect(status).toBe(502);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('injection', () => {
  it('texts stay texts', async () => {
    const nasty = `x' OR 1=1; DROP TABLE users; --`;
    expect(await new Person(server).refusal('POST', '/auth/login', { username: nasty, password: nasty })).toBe(
      'unauthenticated',
    );
    const log = await admin.call('GET', `/audit-logs?action=${encodeURIComponent(nasty)}`);
    expect(listOf(AuditEntryView).parse(await log.json()).items).toEqual([]);
    const proto = await intruder.call(
      'POST',
      '/exchanges/scripted/credentials',
      JSON.parse('{"__proto__":{"role":"admin"},"label":"x"}'),
    );
    expect(proto.status).toBe(400);
    expect(MeView.parse(await (await intruder.call('GET', '/auth/me')).json()).role).toBe('trader');
  });
});

describe('secrets', () => {
  it('never come back, are not in the database in the clear, and not in the audit log', async () => {
    const added = await trader.call('POST', '/exchanges/scripted/credentials', credential);
    const list = await trader.call('GET', '/exchanges/scripted/credentials');
    const log = await admin.call('GET', '/audit-logs');
    const told = [await added.text(), await list.text(), await log.text()].join('\n');
    expect(told).not.toContain(SECRET);
    expect(told).not.toContain(credential.apiKey);
    expect(told).not.toContain(PASSWORD);
    const kept = ['wickworks.db', 'wickworks.db-wal']
      .map((file) => readFileSync(join(server.dataDir, file), 'latin1'))
      .join('');
    for (const secret of [
      SECRET,
      credential.apiKey,
      PASSWORD,
      String(trader.token),
      String(trader.signedIn.refreshToken),
    ])
      expect(kept.includes(secret)).toBe(false);
    expect(kept).toContain(createHash('sha256').update(String(trader.signedIn.refreshToken)).digest('hex'));
  });
});
