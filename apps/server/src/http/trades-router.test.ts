import { gzipSync } from 'node:zlib';
import { createWickSdk, type WickSdk } from '@wickworks/client';
import { AuditEntryView, listOf, type TradeTuple } from '@wickworks/contracts';
import { assert, Candles, tapeFault, type CandleRow } from '@wickworks/core';
import { dataHashOf } from '@wickworks/engine';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, runToEnd } from '../testing/ask.js';
import { becomeAdmin } from '../testing/people.js';
import { minutesUntil, ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const NOW = Date.UTC(2026, 0, 1, 12);
let server: TestServer;
let sdk: WickSdk;
let candles: readonly CandleRow[];

beforeAll(async () => {
  const exchange = new ScriptedExchange();
  exchange.nowMs = NOW;
  candles = minutesUntil(NOW, 300);
  exchange.rowsOf('BTC/USDT', '1m').push(...candles);
  server = await startTestServer([exchange]);
  await server.assembled;
  sdk = createWickSdk({ baseUrl: server.url });
});
afterAll(async () => {
  sdk.close();
  await server.dispose();
});

const HEADER = 'time,price,quantity,side,id';
const HOUR = 3_600_000;
const marketOf = (symbol: string) => ({ exchange: 'binance', symbol });
const lineOf = ([timeMs, price, quantity, side, id]: TradeTuple): string =>
  [timeMs, price, quantity, side ?? '', id ?? ''].join(',');
const csv = (...rows: readonly TradeTuple[]): string => [HEADER, ...rows.map(lineOf), ''].join('\n');
const imported = async (symbol: string, rows: readonly TradeTuple[], options: object = {}) => {
  const answer = await sdk.trades.import(marketOf(symbol), new Blob([csv(...rows)]), options);
  return answer.ok ? answer.value : answer.error;
};
const few: readonly TradeTuple[] = [
  [1_000, 100.5, 0.25, 'buy', 7],
  [1_000, 100, 1, 'sell', 8],
  [2_500, 99.5, 3, null, null],
];
const problem = (code: string, path?: string) => ({
  kind: 'problem',
  problem: { code, ...(path !== undefined && { issues: [{ path }] }) },
});

describe('POST /datasets/trades/import', () => {
  it('stores a file with the time it is complete for, and knows it again', async () => {
    const first = await imported('BTC/USDT', few, { toMs: 9_000 });
    expect(first).toMatchObject({ added: 3, unchanged: 0, replaced: 0, fromMs: 1_000, toMs: 9_000 });
    expect(first).toMatchObject({ dataset: { trades: 3, fromMs: 1_000, toMs: 2_500, covered: [[1_000, 9_000]] } });
    expect(await imported('BTC/USDT', few)).toMatchObject({ added: 0, unchanged: 3 });
    const zipped = await sdk.trades.import(marketOf('ETH/USDT'), new Blob([gzipSync(csv(...few))]));
    expect(zipped).toMatchObject({ ok: true, value: { added: 3, toMs: 2_501 } });
    const listed = await sdk.trades.list();
    assert(listed.ok, 'listed');
    expect(listed.value.items.map(({ symbol, trades }) => [symbol, trades])).toEqual([
      ['BTC/USDT', 3],
      ['ETH/USDT', 3],
    ]);
  });

  it.each([
    ['a bad number', `${csv(few[0]!)}1500,x,1,buy,9\n`, {}, 'line 3'],
    ['a time that falls', csv(few[2]!, few[0]!), {}, 'line 3'],
    ['another header', 'a,b\n', {}, 'line 1'],
    ['nothing', '', {}, 'body'],
    ['half a gzip file', gzipSync(csv(...few)).subarray(0, 40), {}, 'body'],
    ['trades from before its time', csv(...few), { fromMs: 1_001 }, 'fromMs'],
    ['trades from after its time', csv(...few), { toMs: 2_500 }, 'toMs'],
  ])('stores nothing of a file with %s', async (_what, body, options, path) => {
    const answer = await sdk.trades.import(marketOf('LTC/USDT'), new Blob([body]), options);
    expect(answer).toMatchObject({ ok: false, error: problem('invalid-field', path) });
    expect(answer.ok ? '' : JSON.stringify(answer.error)).toContain('nothing was imported');
    expect(await ask(server, 'GET', '/datasets/trades/tape?exchange=binance&symbol=LTC/USDT')).toMatchObject({
      status: 404,
    });
  });

  it('refuses other trades of a time that is stored, unless they may be replaced', async () => {
    await imported('XRP/USDT', few);
    expect(await imported('XRP/USDT', few.slice(2))).toMatchObject({ added: 0, unchanged: 1 });
    const other: TradeTuple = [2_500, 99, 3, null, null];
    expect(await imported('XRP/USDT', [...few.slice(0, 2), other])).toMatchObject(problem('conflict'));
    expect(await imported('XRP/USDT', [other], { replace: true })).toMatchObject({
      replaced: 1,
      dataset: { trades: 3 },
    });
    const kept = await sdk.trades.tapePage(marketOf('XRP/USDT'));
    expect(kept.ok && kept.value.items).toEqual([few[0], few[1], other]);
  });

  it('refuses other types, and fields by their name', async () => {
    const path = '/datasets/trades/import?exchange=binance&symbol=LTC/USDT';
    expect(await ask(server, 'POST', path, {})).toMatchObject({ status: 415 });
    const csvType = { 'content-type': 'text/csv' };
    expect(await ask(server, 'POST', `${path}&replace=yes`, '', csvType)).toMatchObject({
      status: 400,
      json: { issues: [{ path: 'replace' }] },
    });
  });
});

describe('GET /datasets/trades/tape', () => {
  const key = marketOf('SOL/USDT');
  // Many share a millisecond; hours without any lie between.
  const rows = [0, 1, 9].flatMap((hour) =>
    Array.from({ length: 60 }, (_, at): TradeTuple => {
      const side = (['buy', 'sell', null] as const)[at % 3]!;
      return [hour * HOUR + Math.floor(at / 7), 20 + at / 8, 1 + at, side, hour * 100 + at];
    }),
  );
  beforeAll(async () => {
    await imported('SOL/USDT', rows.slice(0, 120), { fromMs: 0, toMs: 2 * HOUR });
    await imported('SOL/USDT', rows.slice(120), { fromMs: 9 * HOUR, toMs: 10 * HOUR });
  });

  it('page by page gives every trade of the range once, with what is covered of it', async () => {
    const wish = fc.record({
      fromMs: fc.option(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 10 * HOUR })), {
        nil: undefined,
      }),
      width: fc.option(fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 10 * HOUR })), {
        nil: undefined,
      }),
      limit: fc.integer({ min: 1, max: 70 }),
    });
    await fc.assert(
      fc.asyncProperty(wish, async ({ fromMs, width, limit }) => {
        const toMs = width === undefined ? undefined : (fromMs ?? 0) + width;
        const items: TradeTuple[] = [];
        let cursor: string | null | undefined;
        do {
          const page = await sdk.trades.tapePage(key, { fromMs, toMs, limit, cursor: cursor ?? undefined });
          assert(page.ok, 'answered');
          expect(page.value.items.length).toBeLessThanOrEqual(limit);
          items.push(...page.value.items);
          cursor = page.value.nextCursor;
        } while (cursor !== null);
        const [from, to] = [fromMs ?? 0, toMs ?? Infinity];
        expect(items).toEqual(rows.filter(([timeMs]) => timeMs >= from && timeMs < to));
      }),
      { numRuns: 40 },
    );
    const whole = await sdk.trades.tape(key);
    assert(whole.ok, 'read');
    expect(tapeFault(whole.value)).toBeNull();
    expect([...whole.value.trades.quantity]).toEqual(rows.map(([, , quantity]) => quantity));
    expect(whole.value.covered).toEqual([
      [0, 2 * HOUR],
      [9 * HOUR, 10 * HOUR],
    ]);
    const part = await sdk.trades.tape(key, { fromMs: HOUR + 3, toMs: 9 * HOUR + 5 });
    expect(part).toMatchObject({
      value: {
        trades: { length: 39 + 35 },
        covered: [
          [HOUR + 3, 2 * HOUR],
          [9 * HOUR, 9 * HOUR + 5],
        ],
      },
    });
  });

  it('is read anew when what is stored changes meanwhile, and refuses more than are wanted', async () => {
    const counts: number[] = [];
    const changing = marketOf('ADA/USDT');
    await imported('ADA/USDT', rows.slice(0, 60));
    // Small pages, of which the first is followed by a change.
    const client = createWickSdk({
      baseUrl: server.url,
      fetch: async (input, init) => {
        const url = new URL(input instanceof Request ? input.url : input);
        url.searchParams.set('limit', '50');
        const answer = await fetch(url, init);
        if (counts.length === 0) await imported('ADA/USDT', [rows[130]!]);
        return answer;
      },
    });
    const read = await client.trades.tape(changing, {}, { onProgress: (count) => counts.push(count) });
    expect(read).toMatchObject({ ok: true, value: { trades: { length: 61 } } });
    expect(counts).toEqual([50, 50, 60, 61]);
    expect(await client.trades.tape(changing, {}, { tradesMax: 60 })).toMatchObject({ ok: false });
    client.close();
  });

  it('refuses what leads nowhere by its field', async () => {
    const place = (text: string): string => Buffer.from(text).toString('base64url');
    for (const cursor of ['x', place('5'), place('5+1234567'), place('-1+0')])
      expect(await sdk.trades.tapePage(key, { cursor })).toMatchObject({ error: problem('invalid-field', 'cursor') });
    const outside = { fromMs: 10, toMs: 20, cursor: place('5+0') };
    expect(await sdk.trades.tapePage(key, outside)).toMatchObject({ error: problem('invalid-field', 'cursor') });
    expect(await sdk.trades.tapePage(key, { fromMs: 9, toMs: 9 })).toMatchObject({
      error: problem('invalid-field', 'toMs'),
    });
    expect(await sdk.trades.tapePage(key, { limit: 50_001 })).toMatchObject({
      error: problem('invalid-field', 'limit'),
    });
    expect(await sdk.trades.tapePage(marketOf('NO/SUCH'))).toMatchObject({ error: problem('not-found') });
  });

  it('gives what a backtest on the server takes from the store', async () => {
    const trades = candles.flatMap(([openMs, open, high, low, close, volume]) =>
      [open, high, low, close].map((price, at): TradeTuple => [openMs + 1 + at, price, volume / 4, null, null]),
    );
    const own = { exchange: 'scripted', symbol: 'BTC/USDT' };
    const range = { fromMs: candles[0]![0], toMs: NOW };
    const stored = await sdk.trades.import(own, new Blob([csv(...trades)]), range);
    expect(stored).toMatchObject({ ok: true });
    const view = await runToEnd(server, {
      strategy: { example: 'trend-ema-cross' },
      ...{ timeframe: '1m', markets: [own], detailTrades: true, fromMs: range.fromMs },
    });
    expect(view).toMatchObject({ state: 'done', candles: 300, setup: { detailTrades: true } });
    const tape = await sdk.trades.tape(own, { fromMs: range.fromMs, toMs: range.toMs });
    assert(tape.ok, 'read');
    const terms = { ...own, tickSize: 0.01, lotSize: 0.001, minNotional: 0 };
    expect(dataHashOf([{ ...terms, candles: Candles.fromRows(candles), trades: tape.value }])).toBe(view.dataHash);
  });
});

it('DELETE /datasets/trades forgets a market, and says when there is none', async () => {
  await imported('DOT/USDT', few);
  expect(await sdk.trades.delete(marketOf('DOT/USDT'))).toEqual({ ok: true, value: null });
  expect(await sdk.trades.delete(marketOf('DOT/USDT'))).toMatchObject({ error: problem('not-found') });
  expect(await sdk.trades.tapePage(marketOf('DOT/USDT'))).toMatchObject({ error: problem('not-found') });
});

it.each([
  [{ exchange: 'nobody', symbol: 'BTC/USDT', fromMs: 1 }, 'unknown-exchange'],
  [{ exchange: 'scripted', symbol: 'NO/SUCH', fromMs: 1 }, 'unknown-symbol'],
  [{ exchange: 'scripted', symbol: 'BTC/USDT', fromMs: 9, toMs: 9 }, 'invalid-field'],
])('POST /datasets/trades/backfill refuses %j at once', async (request, code) => {
  expect(await sdk.trades.backfill(request)).toMatchObject({ ok: false, error: problem(code) });
});

it('who imports or deletes what is stored stands in the audit log, candles and trades alike', async () => {
  const guarded = await startTestServer([new ScriptedExchange()]);
  try {
    const { admin } = await becomeAdmin(guarded);
    const own = createWickSdk({ baseUrl: guarded.url, token: admin.token ?? '' });
    const key = { exchange: 'binance', symbol: 'BTC/USDT' };
    const series = { ...key, timeframe: '1m' } as const;
    await own.trades.import(key, new Blob([csv(...few)]));
    await own.trades.delete(key);
    await own.datasets.import(series, new Blob(['time,open,high,low,close,volume\n60000,1,2,0.5,1,10\n']));
    await own.datasets.delete(series);
    const { items } = listOf(AuditEntryView).parse(await (await admin.call('GET', '/audit-logs?limit=4')).json());
    expect(items.map(({ action, target, actorName }) => [action, target, actorName])).toEqual([
      ['dataset.delete', 'candles:binance BTC/USDT 1m', 'root'],
      ['dataset.import', 'candles:binance BTC/USDT 1m', 'root'],
      ['trades.delete', 'trades:binance BTC/USDT', 'root'],
      ['trades.import', 'trades:binance BTC/USDT', 'root'],
    ]);
    own.close();
  } finally {
    await guarded.dispose();
  }
});
