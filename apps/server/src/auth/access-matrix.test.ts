import { once } from 'node:events';
import {
  ENDPOINTS,
  EVENT_TOPICS,
  EventsServerMessage,
  hasBody,
  type Endpoint,
  type EventTopic,
} from '@wickworks/contracts';
import { SCOPES, type Role, type Scope } from '@wickworks/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { becomeAdmin, invite, PASSWORD, Person, withKey } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { TestClient } from '../testing/test-client.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

/** What came of asking: let through (whatever the handler then said), 401 or 403. */
type Outcome = 'in' | 401 | 403;

/** Written out here once more, apart from the code that decides: who may do what. */
const RANK: Readonly<Record<Role, number>> = { viewer: 1, trader: 2, admin: 3 };
interface Visit {
  readonly name: string;
  readonly role: Role | null;
  /** `null`: a person. */
  readonly scopes: readonly Scope[] | null;
}
function expected({ role: asked, scope }: Endpoint, { role, scopes }: Visit, isPublic: boolean): Outcome {
  if (asked === 'public' || (asked === 'market-data' && isPublic)) return 'in';
  if (role === null) return 401;
  if (scopes !== null && (scope === null || !scopes.includes(scope))) return 403;
  return RANK[role] >= RANK[asked === 'market-data' ? 'viewer' : asked] ? 'in' : 403;
}

/** Endpoints that answer 401 themselves, to whoever shows no good secret. */
const REFUSES_ITSELF = ['/api/v1/auth/refresh'];
const nameOf = ({ method, path }: Endpoint): string => `${method} ${path}`;

async function ask(person: Person, endpoint: Endpoint): Promise<{ outcome: Outcome; status: number }> {
  const path = endpoint.path.replaceAll(/:[a-z]+/g, 'none');
  const answer = await fetch(`${person.server.url}${path}`, {
    method: endpoint.method,
    headers: {
      ...(person.token !== undefined && { authorization: `Bearer ${person.token}` }),
      ...(hasBody(endpoint) && { 'content-type': 'application/json' }),
      'if-match': '"v999999"',
    },
    ...(hasBody(endpoint) && { body: '{}' }),
  });
  await answer.body?.cancel();
  const { status } = answer;
  if (status === 401 && REFUSES_ITSELF.includes(endpoint.path)) return { outcome: 'in', status };
  return { outcome: status === 401 || status === 403 ? status : 'in', status };
}

it('the table of who may do what is as it was agreed', async () => {
  const lines = ENDPOINTS.map((one) =>
    [one.method.padEnd(6), one.path.padEnd(52), one.role.padEnd(11), one.scope ?? '–'].join(' '),
  );
  await expect(`${lines.sort().join('\n')}\n`).toMatchFileSnapshot('./access-table.txt');
});

describe.each([
  { setting: 'public', isPublic: true },
  { setting: 'not public', isPublic: false },
])('with market data $setting', ({ isPublic }) => {
  let server: TestServer;
  let nowMs = Date.UTC(2026, 0, 1);
  const people = new Map<string, Person>();

  beforeAll(async () => {
    const env = { WICK_PUBLIC_MARKET_DATA: isPublic ? '1' : '0' };
    server = await startTestServer([new ScriptedExchange()], { env, nowMs: () => nowMs });
    const { admin } = await becomeAdmin(server);
    people.set('nobody', new Person(server)).set('admin', admin);
    for (const role of ['viewer', 'trader'] as const) people.set(role, await invite(admin, role, role));
    for (const scope of SCOPES) {
      people.set(`key ${scope}`, await withKey(admin, [scope]));
      people.set(
        `key but ${scope}`,
        await withKey(
          admin,
          SCOPES.filter((other) => other !== scope),
        ),
      );
    }
    people.set('viewer key', await withKey(people.get('viewer') ?? admin, SCOPES));
  });
  afterAll(() => server.dispose());

  const visits: Visit[] = [
    { name: 'nobody', role: null, scopes: null },
    { name: 'viewer', role: 'viewer', scopes: null },
    { name: 'trader', role: 'trader', scopes: null },
    { name: 'admin', role: 'admin', scopes: null },
    { name: 'viewer key', role: 'viewer', scopes: SCOPES },
  ];
  it.each(visits)('$name reaches what it may and nothing else', async (visit) => {
    nowMs += 61_000; // the limits of a minute are not what is tried here
    const person = people.get(visit.name);
    if (!person) throw new Error('unreachable');
    for (const endpoint of ENDPOINTS) {
      const { outcome, status } = await ask(person, endpoint);
      expect([nameOf(endpoint), outcome]).toEqual([nameOf(endpoint), expected(endpoint, visit, isPublic)]);
      expect([nameOf(endpoint), status < 500 || status === 501]).toEqual([nameOf(endpoint), true]);
    }
  });

  it('keys reach what their scopes name, and nothing else', async () => {
    nowMs += 61_000;
    for (const endpoint of ENDPOINTS) {
      const scope = endpoint.scope ?? 'jobs:read';
      for (const [name, scopes] of [
        [`key ${scope}`, [scope]],
        [`key but ${scope}`, SCOPES.filter((other) => other !== scope)],
      ] as const) {
        const { outcome } = await ask(people.get(name) ?? new Person(server), endpoint);
        const visit: Visit = { name, role: 'admin', scopes };
        expect([nameOf(endpoint), name, outcome]).toEqual([
          nameOf(endpoint),
          name,
          expected(endpoint, visit, isPublic),
        ]);
      }
    }
  });

  it('sockets of candles let in whom REST lets read market data', async () => {
    for (const [name, mayRead] of [
      ['nobody', isPublic],
      ['viewer', true],
      ['key market-data:read', true],
      ['key but market-data:read', isPublic],
    ] as const) {
      const { token } = people.get(name) ?? {};
      for (const way of ['handshake', 'message'] as const) {
        const headers = token !== undefined && way === 'handshake' ? { authorization: `Bearer ${token}` } : {};
        const client = await TestClient.open(server.socketUrl, { headers });
        if (token !== undefined && way === 'message') client.send({ op: 'auth', token });
        client.send({ op: 'ping', id: 'p' });
        if (mayRead) await client.next('pong');
        else expect((await client.untilClosed()).code).toBe(4401);
        client.close();
      }
    }
    const forged = await TestClient.open(server.socketUrl);
    forged.send({ op: 'auth', token: 'wk_no' });
    expect((await forged.untilClosed()).code).toBe(4401);
  });
});

/** Which scope a key needs for each topic of `/ws/events`; people need to be signed in. */
const TOPIC_SCOPES: Readonly<Record<EventTopic, Scope>> = {
  orders: 'trading:read',
  fills: 'trading:read',
  positions: 'trading:read',
  portfolio: 'trading:read',
  bots: 'trading:read',
  notifications: 'settings:read',
  jobs: 'jobs:read',
  system: 'market-data:read',
};

describe('topics of events', () => {
  it('are for those signed in, and for keys with their scope', async () => {
    const server = await startTestServer([new ScriptedExchange()]);
    const { admin } = await becomeAdmin(server);
    const viewer = await invite(admin, 'viewer', 'viewer');
    const keys = await Promise.all([...new Set(Object.values(TOPIC_SCOPES))].map((scope) => withKey(viewer, [scope])));
    const scopes = [...new Set(Object.values(TOPIC_SCOPES))];
    for (const [person, mine] of [
      [viewer, SCOPES],
      ...keys.map((key, index) => [key, [scopes[index]]] as const),
    ] as const) {
      const should = Object.entries(TOPIC_SCOPES).map(([topic, scope]) => [
        topic,
        mine.includes(scope) ? 'subscribed' : 'forbidden',
      ]);
      for (const way of ['handshake', 'message'] as const)
        expect(await topicAnswers(server, person.token ?? '', way)).toEqual(Object.fromEntries(should));
    }
    await server.dispose();
  });
});

/** What a caller is answered for each topic, the token given in the handshake or in the first of all messages. */
async function topicAnswers(
  server: TestServer,
  token: string,
  way: 'handshake' | 'message',
): Promise<Record<string, string>> {
  const headers = way === 'handshake' ? { authorization: `Bearer ${token}` } : {};
  const ws = new WebSocket(server.socketUrl.replace('/ws/ohlcv', '/ws/events'), { headers });
  const answers: Record<string, string> = {};
  const done = new Promise<void>((resolve, reject) => {
    ws.on('error', reject);
    ws.on('message', (data: Buffer) => {
      const message = EventsServerMessage.parse(JSON.parse(data.toString('utf8')));
      if (message.kind === 'subscribed') answers[message.id] = message.kind;
      if (message.kind === 'error' && message.id !== undefined) answers[message.id] = message.problem.code;
      if (Object.keys(answers).length === EVENT_TOPICS.length) resolve();
    });
  });
  await once(ws, 'open');
  if (way === 'message') ws.send(JSON.stringify({ op: 'auth', token }));
  for (const topic of EVENT_TOPICS) ws.send(JSON.stringify({ op: 'subscribe', id: topic, topic }));
  await done;
  ws.close();
  return answers;
}

describe('before the first account', () => {
  const AT_HOME: readonly Scope[] = [
    ...(['market-data:read', 'datasets:write', 'strategies:read', 'strategies:write'] as const),
    ...(['backtests:read', 'backtests:write', 'jobs:read', 'jobs:write'] as const),
  ];

  it("this machine's user reaches what needs no secret", async () => {
    const server = await startTestServer([new ScriptedExchange()]);
    for (const endpoint of ENDPOINTS) {
      const { outcome } = await ask(new Person(server), endpoint);
      const should = expected(endpoint, { name: 'local', role: 'trader', scopes: AT_HOME }, true);
      expect([nameOf(endpoint), outcome]).toEqual([nameOf(endpoint), should === 403 ? 401 : should]);
    }
    await server.dispose();
  });

  it('nobody is at home where others can come, nor where market data is not public', async () => {
    for (const env of [
      { WICK_HOST: '0.0.0.0' },
      { WICK_PUBLIC_MARKET_DATA: '0' },
      { WICK_PUBLIC_URL: 'https://wick.example' },
      { WICK_TRUSTED_PROXIES: '1', WICK_PUBLIC_MARKET_DATA: '0' },
    ]) {
      const server = await startTestServer([new ScriptedExchange()], { env });
      const url = server.url.replace('0.0.0.0', '127.0.0.1');
      for (const path of ['exchanges', 'jobs', 'strategies']) {
        const answer = await fetch(`${url}/api/v1/${path}`);
        expect([path, answer.status]).toEqual([path, 401]);
      }
      expect((await fetch(`${url}/api/health/ready`)).status).toBe(200);
      const isExposed = !('WICK_PUBLIC_MARKET_DATA' in env) || 'WICK_TRUSTED_PROXIES' in env;
      expect((await fetch(`${url}/metrics`)).status).toBe(isExposed ? 401 : 200);
      await server.dispose();
    }
  });

  it('whoever comes through a proxy nobody told the server of is not at home', async () => {
    const server = await startTestServer([new ScriptedExchange()]);
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip']) {
      const answer = await fetch(`${server.url}/api/v1/jobs`, { headers: { [name]: '127.0.0.1' } });
      expect([name, answer.status]).toEqual([name, 401]);
    }
    await server.dispose();
  });

  it('behind TLS cookies are bound to host and HTTPS, and browsers are told to keep to it', async () => {
    const server = await startTestServer([new ScriptedExchange()], {
      env: { WICK_PUBLIC_URL: 'https://wick.example' },
    });
    await becomeAdmin(server);
    const body = { username: 'root', password: PASSWORD };
    const answer = await new Person(server).call('POST', '/auth/login', body, { origin: 'https://wick.example' });
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    const cookies = answer.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual([
      ...['__Host-wick_access', '__Secure-wick_refresh', '__Host-wick_csrf'],
    ]);
    for (const cookie of cookies) expect(cookie).toContain('; Secure');
    await server.dispose();
  });
});
