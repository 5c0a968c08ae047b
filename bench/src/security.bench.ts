// What knowing who asks costs, and whether people signing in hold up prices: the product's own server, asked the same
// question by nobody and by somebody, and its feed without and with 50 sign-ins a second.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTurn, lessIsBetter, median, quantile, type BenchCase, type BenchResult } from './bench.js';
import { nextMessage, startChild } from './child.js';
import type { FromClients, FromServer, ToClients, ToServer } from './fanout/protocol.js';

const PASSWORD = 'tidal-oboe-ferment-quill';
const CALLERS = 8;
const REQUESTS_PER_ROUND = 1_000;
const ROUNDS = 7;
const SIGN_INS_PER_SECOND = 50;
const FEED_ROUNDS = 3;
/** Ten seconds of 8 candles a second for 100 clients, slow enough that none waits for the pace of forming candles. */
const FEED = { events: 80, perSecond: 8, updatesPerEvent: 1, series: 1 } as const;
const FEED_CLIENTS = 100;
/** Read by everybody where market data is public, so that the same route can be asked with and without a name. */
const ROUTE = '/api/v1/exchanges';

interface Answer {
  readonly status: number;
  readonly body: string;
}

class Api {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  ask(method: string, path: string, headers: Readonly<Record<string, string>>, body?: unknown): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      const call = request({
        ...{ agent: this.#agent, host: '127.0.0.1', port: this.#port, method, path },
        headers: { ...headers, ...type },
      });
      call.on('error', reject);
      call.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      });
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** `count` requests for {@link ROUTE} by several callers at a time. */
  async askOften(headers: Readonly<Record<string, string>>, count: number): Promise<void> {
    let left = count;
    const work = async (): Promise<void> => {
      while (left-- > 0) {
        const { status } = await this.ask('GET', ROUTE, headers);
        if (status !== 200) throw new Error(`${ROUTE} answered ${status}`);
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, work));
  }

  close(): void {
    this.#agent.destroy();
  }
}

interface Names {
  /** `Authorization` of a person's session, and of an API key. */
  readonly session: Record<string, string>;
  readonly key: Record<string, string>;
}

/** Makes the admin and a key, and lifts the limits: they are not what is measured. */
async function prepare(api: Api, dataDir: string): Promise<Names> {
  const token = readFileSync(join(dataDir, 'setup-token'), 'utf8').trim();
  const body = { token, username: 'bench', password: PASSWORD, transport: 'token' };
  const registered = await api.ask('POST', '/api/v1/auth/register', {}, body);
  const { accessToken } = JSON.parse(registered.body) as { accessToken: string };
  const session = { authorization: `Bearer ${accessToken}` };
  const all = 1_000_000;
  const limits = { readsPerMinute: all, attemptsPerMinute: all, requestsPerMinuteOfAddress: all };
  const lifted = await api.ask('PATCH', '/api/v1/settings', { ...session, 'if-match': '*' }, limits);
  if (lifted.status !== 200) throw new Error(`the limits were not lifted: ${lifted.body}`);
  const made = await api.ask('POST', '/api/v1/auth/api-keys', session, { name: 'b', scopes: ['market-data:read'] });
  const { key } = JSON.parse(made.body) as { key: string };
  return { session, key: { authorization: `Bearer ${key}` } };
}

async function requestCases(api: Api, { session, key }: Names): Promise<BenchCase[]> {
  const times = await inTurn(
    {
      nobody: () => api.askOften({}, REQUESTS_PER_ROUND),
      session: () => api.askOften(session, REQUESTS_PER_ROUND),
      key: () => api.askOften(key, REQUESTS_PER_ROUND),
    },
    ROUNDS,
  );
  const each = (ms: number): number => (ms * 1_000) / REQUESTS_PER_ROUND;
  const case_ = (name: string, ms: number): BenchCase =>
    lessIsBetter(name, each(ms), 'µs per request', 'the same route without a name', each(times.nobody));
  return [case_('request with an access token', times.session), case_('request with an API key', times.key)];
}

/** Signs in right and wrong in turn, `perSecond` times a second, until told to stop; answers how often by status. */
function storm(api: Api, perSecond: number): () => Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  const running = new Set<Promise<void>>();
  let count = 0;
  const timer = setInterval(() => {
    const isRight = count++ % 2 === 0;
    const body = isRight
      ? { username: 'bench', password: PASSWORD, transport: 'token' }
      : { username: `nobody-${count}`, password: 'a wrong one', transport: 'token' };
    // From an address of its own each: from one, all but the first few would be refused before a password is hashed.
    const from = { 'x-forwarded-for': `10.${count >> 16}.${(count >> 8) & 255}.${count & 255}` };
    const attempt = api.ask('POST', '/api/v1/auth/login', from, body).then(({ status }) => {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    });
    running.add(attempt);
    void attempt.finally(() => running.delete(attempt));
  }, 1_000 / perSecond);
  return async () => {
    clearInterval(timer);
    await Promise.all(running);
    return statuses;
  };
}

/** The p99 of how late candles arrive, in ms, without and with a storm of sign-ins, in turn. */
async function feedCase(api: Api, server: ReturnType<typeof startChild>, port: number): Promise<BenchCase> {
  const clients = startChild('clients');
  const tell = (message: ToClients) => clients.send(message);
  const order = (message: ToServer) => server.send(message);
  const round = async (): Promise<number> => {
    tell({ kind: 'expect', messagesPerClient: FEED.events });
    await nextMessage<FromClients, 'connected'>(clients, 'connected');
    const received = nextMessage<FromClients, 'received'>(clients, 'received');
    order({ kind: 'broadcast', ...FEED });
    return quantile((await received).latenciesMs, 0.99);
  };
  try {
    tell({ kind: 'connect', port, clients: FEED_CLIENTS, subscribe: 1, deflate: false });
    await nextMessage<FromClients, 'connected'>(clients, 'connected');
    const idle: number[] = [];
    const stormy: number[] = [];
    for (let index = 0; index <= FEED_ROUNDS; index++) {
      const calm = await round();
      const stop = storm(api, SIGN_INS_PER_SECOND);
      await sleep(500); // until it blows
      const late = await round();
      const statuses = await stop();
      if ((statuses.get(200) ?? 0) === 0) throw new Error('nobody could sign in during the storm');
      if (index === 0) continue;
      idle.push(calm);
      stormy.push(late);
    }
    const name = `p99 of the feed while ${SIGN_INS_PER_SECOND} sign in a second`;
    return lessIsBetter(name, median(stormy), 'ms', 'the same feed while nobody does', median(idle));
  } finally {
    clients.kill('SIGKILL');
  }
}

/** A request with a name against one without; the feed in a storm of sign-ins against calm. */
export async function run(): Promise<BenchResult> {
  const server = startChild('our-server');
  try {
    const { port, dataDir } = await nextMessage<FromServer, 'listening'>(server, 'listening');
    if (dataDir === undefined) throw new Error('the server did not say where its data lies');
    const api = new Api(port);
    // The first request waits until the server is whole; then the token lies there.
    await api.ask('GET', '/api/health/live', {});
    const names = await prepare(api, dataDir);
    const cases = [...(await requestCases(api, names)), await feedCase(api, server, port)];
    api.close();
    return { name: 'security', cases };
  } finally {
    server.kill('SIGKILL');
  }
}
