import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findGaps, toRows, type CandleRow, type SeriesKey } from '@wickworks/core';
import { candleAt, ScriptedExchange } from '../testing/scripted-exchange.js';
import { openTestStore, type TestStore } from '../testing/test-server.js';
import { CandleArchive, subtractGaps } from './candle-archive.js';
import { ExchangeFeed } from './exchange-feed.js';
import { NativeSource } from './native-source.js';
import { StoreHealth } from './store-health.js';

const MINUTE = 60_000;
const START = 1_700_000_040_000;
const LENGTH = 60;
let store: TestStore;
let series = 0;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.dispose());

const setUp = async (candles: readonly CandleRow[], candlesPerRequest = 500) => {
  const exchange = new ScriptedExchange({ id: `x${++series}` });
  exchange.candlesPerRequest = candlesPerRequest;
  exchange.nowMs = START + 10 * LENGTH * MINUTE;
  exchange.rowsOf('BTC/USDT', '1m').push(...candles);
  const key: SeriesKey = { exchange: exchange.id, symbol: 'BTC/USDT', timeframe: '1m' };
  const feed = new ExchangeFeed(exchange, new StoreHealth(), 0);
  await feed.capabilities();
  const source = new NativeSource(feed, key);
  const archive = new CandleArchive({ key, store: store.candles, source, nowMs: () => 1 });
  return { exchange, key, archive };
};
const rowsAt = (indices: readonly number[]): CandleRow[] => indices.map((index) => candleAt(START + index * MINUTE));
const indices = fc.uniqueArray(fc.nat(LENGTH - 1), { maxLength: LENGTH }).map((list) => list.toSorted((a, b) => a - b));

describe('CandleArchive', () => {
  it('gives the newest candles of the source whatever part of them was stored before', async () => {
    await fc.assert(
      fc.asyncProperty(
        indices,
        fc.array(fc.boolean(), { minLength: LENGTH, maxLength: LENGTH }),
        fc.integer({ min: 1, max: LENGTH }),
        fc.integer({ min: 1, max: LENGTH }),
        fc.integer({ min: 1, max: 20 }),
        async (held, stored, before, limit, candlesPerRequest) => {
          const rows = rowsAt(held);
          const { key, archive } = await setUp(rows, candlesPerRequest);
          await store.candles.append(
            key,
            rows.filter((_, index) => stored[index]),
            'rest',
            1,
          );
          const beforeMs = START + before * MINUTE;
          const expected = rows.filter((row) => row[0] < beforeMs).slice(-limit);
          const page = await archive.before(beforeMs, limit);
          if (!page.ok) throw new Error(page.error.message);
          expect(toRows(page.value.candles)).toEqual(expected);
          if (expected.length < limit) expect(page.value.complete).toBe(true);
          const inner = findGaps(page.value.candles, '1m');
          expect(page.value.gaps.slice(0, inner.length)).toEqual(inner);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('does not ask twice for what the source lacks or what is stored', async () => {
    const { exchange, archive } = await setUp(rowsAt([0, 1, 2, 10, 11, 30, 31]));
    const beforeMs = START + 32 * MINUTE;
    const first = await archive.before(beforeMs, 50);
    const asked = exchange.queries.length;
    const second = await archive.before(beforeMs, 50);
    expect(asked).toBeGreaterThan(0);
    expect(exchange.queries.length).toBe(asked);
    expect(second).toEqual(first);
  });

  it('takes an answer cut short for what it is, not for a hole', async () => {
    const all = rowsAt(Array.from({ length: 40 }, (_, index) => index));
    const { exchange, key, archive } = await setUp(all, 30);
    const whole = exchange.fetchCandles.bind(exchange);
    // Of the window asked for, this exchange never gives more than its oldest twelve.
    exchange.fetchCandles = async (query) => {
      const page = await whole(query);
      return page.ok ? { ...page, value: { ...page.value, closed: page.value.closed.slice(0, 12) } } : page;
    };
    const page = await archive.before(START + 40 * MINUTE, 40);
    expect(page.ok && toRows(page.value.candles)).toEqual(all);
    expect(await store.candles.sourceGaps(key, 0, START + 40 * MINUTE)).toEqual([]);
  });

  it('tells a failure of the source instead of a gap', async () => {
    const { exchange, archive } = await setUp(rowsAt([0, 1, 2]));
    exchange.failure = { kind: 'unavailable', message: 'away', retryable: true };
    expect(await archive.before(START + 3 * MINUTE, 3)).toEqual({ ok: false, error: exchange.failure });
    exchange.failure = null;
    const page = await archive.before(START + 3 * MINUTE, 3);
    expect(page.ok && page.value.candles.length).toBe(3);
  });

  it('is not kept by decades of nothing between an imported past and the present', async () => {
    const { exchange, key, archive } = await setUp(rowsAt([0, 1, 2]), 10);
    const imported = [candleAt(60_000), candleAt(120_000)];
    await store.candles.append(key, imported, 'import', 1);
    const page = await archive.before(START + 3 * MINUTE, 10);
    expect(page.ok && toRows(page.value.candles)).toEqual([...imported, ...rowsAt([0, 1, 2])]);
    expect(page.ok && page.value.gaps).toEqual([[180_000, START]]);
    expect(exchange.queries.length).toBeLessThan(200);
    // Nobody said that there was nothing: it is asked about again.
    expect(await store.candles.sourceGaps(key, 0, START)).toEqual([]);
  });

  it('cuts what is stored alone at the first hole nobody asked about', async () => {
    const { key, archive } = await setUp([]);
    await store.candles.append(key, rowsAt([0, 1, 5, 6, 7]), 'rest', 1);
    const page = await archive.storedBefore(START + 8 * MINUTE, 10);
    expect(toRows(page.candles)).toEqual(rowsAt([5, 6, 7]));
  });

  it('takes a missing newest candle for late, not for absent', async () => {
    const { exchange, key, archive } = await setUp(rowsAt([0, 1, 2, 3]));
    exchange.nowMs = START + 5 * MINUTE + 1;
    const page = await archive.before(START + 5 * MINUTE, 5);
    expect(page.ok && page.value.gaps.at(-1)).toEqual([START + 4 * MINUTE, START + 5 * MINUTE]);
    expect(await store.candles.sourceGaps(key, START, START + 5 * MINUTE)).toEqual([]);
    exchange.rowsOf('BTC/USDT', '1m').push(...rowsAt([4]));
    const later = await archive.before(START + 5 * MINUTE, 5);
    expect(later.ok && later.value.candles.length).toBe(5);
  });
});

describe('subtractGaps', () => {
  it('leaves exactly the points that no part covers', () => {
    const range = fc.tuple(fc.nat(50), fc.nat(50)).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);
    fc.assert(
      fc.property(range, fc.array(range, { maxLength: 6 }), (whole, parts) => {
        const inside = (point: number, [from, to]: readonly [number, number]) => point >= from && point < to;
        const rest = subtractGaps(whole, parts);
        for (let point = 0; point < 60; point++) {
          const expected = inside(point, whole) && !parts.some((part) => inside(point, part));
          expect(rest.some((part) => inside(point, part))).toBe(expected);
        }
      }),
    );
  });
});
