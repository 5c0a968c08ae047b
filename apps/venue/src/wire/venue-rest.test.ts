import { readFileSync } from 'node:fs';
import { closeTimeOf, MS_PER_DAY, openTimeAt } from '@wickworks/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startVenue, type RunningVenue } from '../index.js';

const NOW_MS = Date.UTC(2026, 10, 20, 12, 0, 30, 500);
const MINUTE = 60_000;
const OPEN_MS = NOW_MS - 30_500;
const text = z.string();
const Rows = z.array(
  z.tuple([z.number(), text, text, text, text, text, z.number(), text, z.number(), text, text, text]),
);
const samples = z
  .object({ rest: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(new URL('./fixtures/binance-samples.json', import.meta.url), 'utf8')));

let venue: RunningVenue;
beforeAll(async () => {
  venue = await startVenue({ port: 0, speed: 0, startMs: NOW_MS, weightPerMinute: 1_000_000 });
});
afterAll(() => venue.close());

async function get(path: string): Promise<{ status: number; headers: Headers; body: unknown }> {
  const response = await fetch(`${venue.url}${path}`);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const openTimes = async (query: string): Promise<number[]> =>
  Rows.parse((await get(`/api/v3/klines?symbol=BTCUSDT&interval=1m&${query}`)).body).map(([time]) => time);

/** The shape of a JSON value: kinds instead of values, so that two answers can be compared. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .sort()
        .map(([key, item]) => [key, shape(item)]),
    );
  }
  return typeof value;
}

describe('answers have the shape of Binance’s own', () => {
  const queries: Record<string, string> = {
    '/api/v3/time': '',
    '/api/v3/ticker/price': '?symbol=BTCUSDT',
    '/api/v3/ticker/bookTicker': '?symbol=BTCUSDT',
    '/api/v3/ticker/24hr': '?symbol=BTCUSDT',
    '/api/v3/klines': '?symbol=BTCUSDT&interval=1m',
    '/api/v3/uiKlines': '?symbol=BTCUSDT&interval=1m',
  };
  it.each(Object.entries(samples.rest))('%s', async (path, sample) => {
    const { status, body } = await get(`${path}${queries[path] ?? '?symbol=BTCUSDT'}`);
    expect(status).toBe(200);
    expect(shape(body)).toEqual(shape(sample));
  });
});

describe('klines', () => {
  it('without times are the newest, the forming one last', async () => {
    expect(await openTimes('limit=3')).toEqual([OPEN_MS - 2 * MINUTE, OPEN_MS - MINUTE, OPEN_MS]);
    expect(await openTimes('')).toHaveLength(500);
    expect(await openTimes('limit=5000')).toHaveLength(1_000);
  });

  it('with startTime are the oldest from it on', async () => {
    expect(await openTimes(`startTime=${OPEN_MS - 9 * MINUTE}&limit=2`)).toEqual([
      OPEN_MS - 9 * MINUTE,
      OPEN_MS - 8 * MINUTE,
    ]);
    expect(await openTimes(`startTime=${OPEN_MS - 9 * MINUTE + 1}&limit=1`)).toEqual([OPEN_MS - 8 * MINUTE]);
    expect(await openTimes(`startTime=${NOW_MS + MINUTE}`)).toEqual([]);
  });

  it('with endTime are the newest up to it, by open time', async () => {
    expect(await openTimes(`endTime=${OPEN_MS - 5 * MINUTE}&limit=2`)).toEqual([
      OPEN_MS - 6 * MINUTE,
      OPEN_MS - 5 * MINUTE,
    ]);
    expect(await openTimes(`endTime=${OPEN_MS - 5 * MINUTE - 1}&limit=1`)).toEqual([OPEN_MS - 6 * MINUTE]);
  });

  it('with both stay between them, and may be none', async () => {
    const between = await openTimes(`startTime=${OPEN_MS - 5 * MINUTE}&endTime=${OPEN_MS - 3 * MINUTE}`);
    expect(between).toEqual([OPEN_MS - 5 * MINUTE, OPEN_MS - 4 * MINUTE, OPEN_MS - 3 * MINUTE]);
    expect(await openTimes(`startTime=${OPEN_MS}&endTime=${OPEN_MS - MINUTE}`)).toEqual([]);
  });

  it('reach back to the first real candle of the file', async () => {
    expect((await openTimes('startTime=0&limit=1'))[0]).toBe(Date.UTC(2024, 6, 26, 14, 15));
    const { body } = await get('/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=0&limit=1');
    const [first] = Rows.parse(body);
    expect(first?.slice(1, 7)).toEqual([
      '67745.75000000',
      '67784.00000000',
      '67726.00000000',
      '67768.00000000',
      '26.98425000',
      1722003359999,
    ]);
  });

  it.each(['3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d', '3d', '1w', '1M', '1s'] as const)(
    '%s open and close where Binance’s do',
    async (interval) => {
      const { body } = await get(`/api/v3/klines?symbol=ETHUSDT&interval=${interval}&limit=4`);
      for (const row of Rows.parse(body)) {
        expect(openTimeAt(interval, row[0])).toBe(row[0]);
        expect(row[6]).toBe(closeTimeOf(interval, row[0]) - 1);
      }
    },
  );

  it('shift their borders with timeZone', async () => {
    const { body } = await get('/api/v3/klines?symbol=BTCUSDT&interval=1d&limit=2&timeZone=8');
    expect(Rows.parse(body).map(([time]) => time % MS_PER_DAY)).toEqual([16 * 3_600_000, 16 * 3_600_000]);
  });
});

describe('trades', () => {
  const Trades = z.array(z.object({ id: z.number(), time: z.number(), price: z.string(), qty: z.string() }));
  const Aggregates = z.array(z.object({ a: z.number(), T: z.number() }));
  const aggregates = async (query: string) =>
    Aggregates.parse((await get(`/api/v3/aggTrades?symbol=BTCUSDT&${query}`)).body);

  it('are the newest, none from the future', async () => {
    const rows = Trades.parse((await get('/api/v3/trades?symbol=BTCUSDT&limit=1000')).body);
    expect(rows).toHaveLength(1_000);
    rows.forEach((row, index) => expect(row.id).toBe(Number(rows[0]?.id) + index));
    expect(Number(rows.at(-1)?.time)).toBeLessThanOrEqual(NOW_MS);
  });

  it('are found by id and by time', async () => {
    const old = Trades.parse((await get('/api/v3/historicalTrades?symbol=BTCUSDT&fromId=5&limit=3')).body);
    expect(old.map(({ id }) => id)).toEqual([5, 6, 7]);
    const from = await aggregates(`startTime=${OPEN_MS}&endTime=${NOW_MS}`);
    expect(from.length).toBeGreaterThan(0);
    expect(from.every(({ T }) => T >= OPEN_MS && T <= NOW_MS)).toBe(true);
    const before = await aggregates(`fromId=${Number(from[0]?.a) - 1}&limit=1`);
    expect(Number(before[0]?.T)).toBeLessThan(OPEN_MS);
    expect(await aggregates(`startTime=${NOW_MS + MINUTE}`)).toEqual([]);
  });

  it('of a minute that was recorded are the recorded ones', async () => {
    const start = Date.UTC(2024, 7, 8, 23, 55);
    const real = await aggregates(`startTime=${start}&endTime=${start + MINUTE - 1}&limit=1000`);
    expect(real.length).toBeGreaterThan(500);
  });
});

describe('a refusal', () => {
  it.each([
    ['klines?interval=1m', 400, -1102],
    ['klines?symbol=BTCUSDT', 400, -1102],
    ['klines?symbol=NOPE&interval=1m', 400, -1121],
    ['klines?symbol=btcusdt&interval=1m', 400, -1100],
    ['klines?symbol=BTCUSDT&interval=7m', 400, -1120],
    ['klines?symbol=BTCUSDT&interval=1m&limit=0', 400, -1130],
    ['klines?symbol=BTCUSDT&interval=1m&limit=x', 400, -1100],
    ['klines?symbol=BTCUSDT&interval=1m&startTime=-5', 400, -1100],
    ['klines?symbol=BTCUSDT&interval=1m&startTime=', 400, -1105],
    ['klines?symbol=BTCUSDT&interval=1m&timeZone=15', 400, -1130],
    ['klines?symbol=BTCUSDT&symbol=ETHUSDT&interval=1m', 400, -1101],
    ['time?extra=1', 400, -1104],
    ['ticker/24hr?symbol=BTCUSDT&symbols=["ETHUSDT"]', 400, -1128],
    ['ticker/24hr?symbols=BTCUSDT', 400, -1100],
    ['ticker/24hr?symbols=["BTCUSDT","BTCUSDT"]', 400, -1101],
    ['ticker?symbol=BTCUSDT&windowSize=8d', 400, -1130],
    ['aggTrades?symbol=BTCUSDT&fromId=1&startTime=1', 400, -1128],
    ['order', 404, -1],
  ])('of %s is %i %i', async (path, status, code) => {
    expect(await get(`/api/v3/${path}`)).toMatchObject({ status, body: { code } });
  });

  it('of a write says what is allowed', async () => {
    const response = await fetch(`${venue.url}/api/v3/klines`, { method: 'POST' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

it('tickers cover all markets, or the ones asked for', async () => {
  expect((await get('/api/v3/ticker/24hr')).body).toHaveLength(8);
  expect((await get('/api/v3/ticker/price?symbols=["XRPUSDT","LTCUSDT"]')).body).toMatchObject([
    { symbol: 'XRPUSDT' },
    { symbol: 'LTCUSDT' },
  ]);
});

it('the state says in words what is replayed', async () => {
  const { body } = await get('/_venue/state');
  expect(body).toMatchObject({
    clock: { mode: 'redated', nowMs: NOW_MS, speed: 0 },
    faults: { open: false, active: [] },
    connections: [],
  });
  expect(JSON.stringify(body)).toMatch(
    /Replay of Binance spot BTC\/USDT[^"]*; now shows 2024-08-\d\d \d\d:\d\d UTC, then starts over/,
  );
});

it('the moment the state names is the moment shown', async () => {
  const { body } = await get('/_venue/state');
  const markets = z
    .object({ markets: z.array(z.object({ id: z.string(), sourceNowMs: z.number() })) })
    .parse(body).markets;
  const sourceMs = Number(markets.find(({ id }) => id === 'BTCUSDT')?.sourceNowMs);
  const source = await get(`/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=${sourceMs - 2 * MINUTE}&limit=1`);
  const shown = await get(`/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=${NOW_MS - 2 * MINUTE}&limit=1`);
  expect(Rows.parse(shown.body)[0]?.slice(1, 6)).toEqual(Rows.parse(source.body)[0]?.slice(1, 6));
});

it('weight is counted and limited, with the time to wait', async () => {
  const strict = await startVenue({ port: 0, speed: 0, startMs: NOW_MS, weightPerMinute: 45, nowMs: () => NOW_MS });
  try {
    const first = await fetch(`${strict.url}/api/v3/exchangeInfo`);
    expect(first.headers.get('x-mbx-used-weight-1m')).toBe('20');
    await first.body?.cancel();
    await (await fetch(`${strict.url}/api/v3/exchangeInfo`)).body?.cancel();
    const refused = await fetch(`${strict.url}/api/v3/exchangeInfo`);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('30');
    expect(await refused.json()).toMatchObject({ code: -1003 });
  } finally {
    await strict.close();
  }
});

it('the clock is moved by call, from this machine, by pages with JSON only', async () => {
  const own = await startVenue({ port: 0, speed: 0, startMs: NOW_MS });
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${own.url}/_venue/clock`, { method: 'POST', body, headers });
  const json = { 'content-type': 'application/json' };
  const page = { origin: 'http://elsewhere.example' };
  try {
    expect(await (await post('{"advanceMs":3000}', json)).json()).toEqual({ nowMs: NOW_MS + 3_000 });
    expect(await (await post('{"advanceMs":2000}')).json()).toEqual({ nowMs: NOW_MS + 5_000 });
    expect((await post('{"advanceMs":5000}', page)).status).toBe(400);
    expect((await post('{"advanceMs":0}', { ...page, ...json })).status).toBe(200);
    expect((await post('advanceMs=5000')).status).toBe(400);
    expect((await post('{"advanceMs":-1}')).status).toBe(400);
    expect((await post('{"advance":1}')).status).toBe(400);
    expect(own.nowMs()).toBe(NOW_MS + 5_000);
  } finally {
    await own.close();
  }
});

it('exchangeInfo shows what was asked for, and HEAD what GET would', async () => {
  const symbols = async (query: string) => {
    const { body } = await get(`/api/v3/exchangeInfo?${query}`);
    return z.object({ symbols: z.array(z.object({ permissionSets: z.array(z.unknown()) })) }).parse(body).symbols;
  };
  const all = await symbols('');
  expect(await symbols('permissions=["SPOT","MARGIN"]')).toEqual(all);
  expect(await symbols('permissions=MARGIN')).toEqual([]);
  expect(await symbols('symbolStatus=TRADING')).toEqual(all);
  expect(await symbols('symbolStatus=HALT')).toEqual([]);
  expect(all[0]?.permissionSets).toEqual([['SPOT']]);
  expect((await symbols('showPermissionSets=false'))[0]?.permissionSets).toEqual([]);
  const refusal = async (query: string) => (await get(`/api/v3/exchangeInfo?${query}`)).body;
  expect(await refusal('symbolStatus=OPEN')).toMatchObject({ code: -1130 });
  expect(await refusal('symbol=BTCUSDT&symbolStatus=TRADING')).toMatchObject({ code: -1128 });
  const head = await fetch(`${venue.url}/api/v3/ping`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '2', '']);
});

it('shown once, a market trades at its own dates only', async () => {
  const once = await startVenue({ port: 0, speed: 0, clock: 'historical', startMs: Date.UTC(2024, 7, 8, 23, 55, 30) });
  try {
    const info: unknown = await (await fetch(`${once.url}/api/v3/exchangeInfo`)).json();
    const { symbols } = z
      .object({ symbols: z.array(z.object({ symbol: z.string(), status: z.string() })) })
      .parse(info);
    const trading = symbols.filter(({ status }) => status === 'TRADING').map(({ symbol }) => symbol);
    expect(trading).toEqual(['BTCUSDT']);
    const old: unknown = await (await fetch(`${once.url}/api/v3/klines?symbol=BTCUSD&interval=1M`)).json();
    expect(old).toHaveLength(12);
    expect(await (await fetch(`${once.url}/api/v3/klines?symbol=AVAXUSDT&interval=1d`)).json()).toEqual([]);
  } finally {
    await once.close();
  }
});
