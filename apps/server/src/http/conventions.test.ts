import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENDPOINTS, hasBody, type Endpoint } from '@wickworks/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { becomeAdmin, Person } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const NOW = Date.UTC(2026, 0, 1, 12);
const Identified = z.looseObject({ id: z.string() });
const Refused = z.object({ issues: z.array(z.object({ path: z.string() })).optional() });
const Page = z.object({ items: z.array(z.unknown()), nextCursor: z.string().nullable() });
const named = ({ method, path }: Endpoint): string => `${method} ${path}`;
const fieldsOf = (schema: z.ZodType): readonly string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];

let server: TestServer;
let admin: Person;
beforeAll(async () => {
  const exchange = ScriptedExchange.withMinutes(NOW, 100);
  server = await startTestServer([exchange]);
  ({ admin } = await becomeAdmin(server));
});
afterAll(() => server.dispose());

const document = {
  schema: 1,
  name: 'Above its mean',
  timeframe: '1m',
  indicators: { mean: { id: 'sma', params: { period: 20 } } },
  entry: { long: { when: { crossesAbove: ['close', 'mean'] } } },
  exit: { long: { when: { crossesBelow: ['close', 'mean'] } } },
  size: { kind: 'equity', ratio: 0.5 },
};

/** One thing of each kind that a list shows and a `Location` leads to. */
const CREATES: readonly (readonly [path: string, body: unknown, other: object])[] = [
  ['/strategies', { document }, { document: { ...document, name: 'another' } }],
  ['/auth/api-keys', { name: 'script', scopes: ['market-data:read'] }, { name: 'another' }],
  ['/users', { username: 'bob', password: 'tidal-oboe-ferment-quill', role: 'viewer' }, { username: 'mallory' }],
  ['/invitations', { role: 'viewer' }, { role: 'trader' }],
  ['/exchanges/scripted/credentials', { label: 'main', apiKey: 'abcdefgh', secret: 'ijklmnop' }, { label: 'another' }],
];

describe('what every endpoint keeps to', () => {
  it('a list takes limit and cursor', () => {
    const lists = ENDPOINTS.filter(({ reply }) => fieldsOf(reply).includes('items'));
    expect(lists.length).toBeGreaterThan(15);
    for (const list of lists) {
      expect([named(list), fieldsOf(list.reply)]).toEqual([
        named(list),
        // What the page of a tape proves comes with it.
        ['items', 'nextCursor', ...(list.path.endsWith('/tape') ? ['covered', 'contentHash'] : [])],
      ]);
      expect([named(list), fieldsOf(list.query)]).toEqual([
        named(list),
        expect.arrayContaining(['limit', 'cursor']) as unknown,
      ]);
    }
  });

  it('a write by somebody known takes Idempotency-Key, except where secrets are tried and where nothing is written', () => {
    const without = ENDPOINTS.filter(
      ({ method, role, rate, isIdempotent }) =>
        method !== 'GET' && role !== 'public' && rate !== 'auth' && !isIdempotent,
    );
    expect(without.map(named).sort()).toEqual([
      'POST /api/v1/datasets/import',
      'POST /api/v1/datasets/trades/import',
      'POST /api/v1/indicators/calculate',
      'POST /api/v1/strategies/:id/validate',
      'POST /api/v1/strategies/validate',
    ]);
  });

  it('PUT and PATCH of what carries a version want If-Match', () => {
    const edits = ENDPOINTS.filter(({ method, rate }) => (method === 'PUT' || method === 'PATCH') && rate !== 'auth');
    expect(edits.filter(hasBody)).toEqual(edits);
    expect(edits.every(({ isVersioned }) => isVersioned)).toBe(true);
  });
});

describe.each(CREATES)('POST %s', (path, body, other) => {
  const key = { 'idempotency-key': `create ${path}`.replaceAll(' ', '-') };

  it('answers 201 with a Location that can be read, and once only under one key', async () => {
    const first = await admin.call('POST', path, body, key);
    expect(first.status).toBe(201);
    const created = Identified.parse(await first.json());
    const location = first.headers.get('location') ?? '';
    expect(location).toBe(`/api/v1${path}/${created.id}`);
    const read = await admin.call('GET', location.slice('/api/v1'.length));
    expect(read.status).toBe(200);
    expect(Identified.parse(await read.json()).id).toBe(created.id);
    expect(read.headers.get('etag')).toBe(first.headers.get('etag'));

    const again = await admin.call('POST', path, body, key);
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect(await again.json()).toEqual(created);
    expect(await admin.refusal('POST', path, { ...Object(body), ...other }, key)).toBe('conflict');
    expect(await admin.refusal('GET', `${path}/none`)).toMatch(/^(not-found|unknown-strategy)$/);
  });

  it('is listed in pages', async () => {
    const more = await admin.call('POST', path, path === '/users' ? { ...Object(body), username: 'eve' } : body);
    expect(more.status).toBe(201);
    const [first, all] = await Promise.all(
      [1, 100].map(async (limit) => Page.parse(await (await admin.call('GET', `${path}?limit=${limit}`)).json())),
    );
    expect(all?.items.length).toBeGreaterThan(1);
    expect(first?.items).toEqual(all?.items.slice(0, 1));
    const next = await admin.call('GET', `${path}?limit=1&cursor=${first?.nextCursor ?? ''}`);
    expect(Page.parse(await next.json()).items).toEqual(all?.items.slice(1, 2));
    expect(await admin.refusal('GET', `${path}?cursor=bm9uZQ`)).toBe('invalid-field');
  });
});

it('what an Idempotency-Key keeps cannot be read from the database', async () => {
  const body = { name: 'sealed', scopes: ['market-data:read'] };
  const made = await admin.call('POST', '/auth/api-keys', body, { 'idempotency-key': 'sealed' });
  const { key } = z.object({ key: z.string() }).parse(await made.json());
  const files = readdirSync(server.dataDir).filter((name) => name.startsWith('wickworks.db'));
  const kept = Buffer.concat(files.map((name) => readFileSync(join(server.dataDir, name))));
  expect(kept.includes('sealed')).toBe(true); // the name of the key is there, so this is where it would be
  expect(kept.includes(key)).toBe(false);
});

it('tells whether an authenticator app is set up', async () => {
  const answer = await admin.call('GET', '/auth/totp');
  expect(await answer.json()).toEqual({ enabled: false, recoveryCodesLeft: 0 });
});

it('deletes and edits of one version at once: exactly one comes through', async () => {
  const made = await admin.call('POST', '/strategies', { document });
  const { id } = Identified.parse(await made.json());
  const seen = { 'if-match': made.headers.get('etag') ?? '' };
  const answers = await Promise.all([
    admin.call('PUT', `/strategies/${id}`, { document: { ...document, name: 'A' } }, seen),
    admin.call('DELETE', `/strategies/${id}`, undefined, seen),
    admin.call('PUT', `/strategies/${id}`, { document: { ...document, name: 'B' } }, seen),
  ]);
  const refusals = answers.filter(({ ok }) => !ok).map(({ status }) => status);
  expect(refusals).toHaveLength(2);
  expect([404, 412]).toEqual(expect.arrayContaining(refusals));
});

it('takes the range of candles beside the indicator as well as within candles', async () => {
  const range = {
    exchange: 'scripted',
    symbol: 'BTC/USDT',
    timeframe: '1m',
    from: NOW - 10 * 60_000,
    to: NOW,
  };
  const [within, beside] = await Promise.all(
    [{ candles: range }, range].map(async (where) => {
      const answer = await admin.call('POST', '/indicators/calculate', {
        indicator: 'sma',
        params: { period: 3 },
        ...where,
      });
      return [answer.status, await answer.json()];
    }),
  );
  expect(within?.[0]).toBe(200);
  expect(beside).toEqual(within);
  const backwards = { indicator: 'sma', ...range, to: range.from };
  const refused = await admin.call('POST', '/indicators/calculate', backwards);
  expect(await refused.json()).toMatchObject({ code: 'invalid-field', issues: [{ path: 'to' }] });
});

it('refuses what it would ignore: a misspelt field, a question nobody answers, a body where none is asked for', async () => {
  const made = await admin.call('POST', '/strategies', { document });
  const { id } = Identified.parse(await made.json());
  const series = { exchange: 'scripted', symbol: 'BTC/USDT', timeframe: '1m' };
  const ignored: readonly (readonly [method: string, path: string, body: unknown, field: string])[] = [
    ['POST', '/datasets/backfill', { ...series, fromMs: 0, to: 60_000 }, 'to'],
    ['POST', '/strategies', { document, titel: 'x' }, 'titel'],
    ['POST', `/strategies/${id}/start`, { markets: [{ ...series, period: 3 }] }, 'markets.0.timeframe'],
    ['POST', `/strategies/${id}/stop`, { markets: [series] }, 'markets'],
    ['POST', `/strategies/${id}/proof`, { version: 1 }, 'version'],
    ['GET', `/strategies/${id}?version=1`, undefined, 'version'],
    ['GET', '/datasets?limt=1', undefined, 'limt'],
    ['POST', '/invitations', { role: 'viewer', expiresMs: 1 }, 'expiresMs'],
  ];
  for (const [method, path, body, field] of ignored) {
    const answer = await admin.call(method, path, body);
    const { issues } = Refused.parse(await answer.json());
    expect([path, answer.status, issues?.map((issue) => issue.path)]).toEqual([
      path,
      400,
      expect.arrayContaining([field]),
    ]);
  }
});

it('counts requests that lead nowhere', async () => {
  const nobody = new Person(server);
  const left = async (method: string, path: string): Promise<[number, number]> => {
    const answer = await nobody.call(method, path);
    await answer.body?.cancel();
    return [answer.status, Number(answer.headers.get('ratelimit-remaining'))];
  };
  const [, first] = await left('GET', '/nowhere');
  expect(await left('GET', '/nowhere')).toEqual([404, first - 1]);
  expect(await left('DELETE', '/indicators')).toEqual([405, first - 2]);
});
