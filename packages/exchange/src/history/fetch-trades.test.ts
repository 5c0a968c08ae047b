import { err, ok, type Gap } from '@wickworks/core';
import { startVenue } from '@wickworks/venue';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectExchange } from '../connect.js';
import { failure, RefusedAnswer } from '../failure.js';
import type { ExchangeConnection, PublicTrade } from '../ports.js';
import { readTrades } from '../trade-door.js';
import { fetchTradeHistory, type TradeHistoryStore } from './fetch-trades.js';

const KEY = { exchange: 'local', symbol: 'BTC/USDT' };
const PAGE = 10;

/** Keeps what is written, and that nothing is written twice. */
class MemoryStore implements TradeHistoryStore {
  readonly ranges: Gap[] = [];
  readonly trades: PublicTrade[] = [];

  covered(): Promise<readonly Gap[]> {
    const joined: Gap[] = [];
    for (const [from, to] of this.ranges.toSorted((a, b) => a[0] - b[0])) {
      const last = joined.at(-1);
      if (last?.[1] === from) joined[joined.length - 1] = [last[0], to];
      else joined.push([from, to]);
    }
    return Promise.resolve(joined);
  }

  async write(_: unknown, range: Gap, trades: readonly PublicTrade[]): Promise<void> {
    expect(range[0]).toBeLessThan(range[1]);
    for (const [from, to] of this.ranges) expect(range[1] <= from || range[0] >= to).toBe(true);
    for (const { timeMs } of trades) expect(timeMs >= range[0] && timeMs < range[1]).toBe(true);
    this.ranges.push(range);
    this.trades.push(...trades);
    this.trades.sort((a, b) => a.id - b.id);
    await Promise.resolve();
  }
}

/** An exchange that numbers `times` from `firstId` on. */
function numbered(times: readonly number[], { firstId = 0, nowMs = 1e6, failing = () => false }) {
  const all = times.map((timeMs, at): PublicTrade => ({
    id: firstId + at,
    timeMs,
    price: 1,
    quantity: 1,
    side: 'buy',
  }));
  let asked = 0;
  const exchange: Pick<ExchangeConnection, 'fetchTrades'> = {
    fetchTrades: ({ fromId }) => {
      asked++;
      if (failing()) return Promise.resolve(err(failure('unavailable', 'planted', true)));
      const from = fromId === undefined ? Math.max(0, all.length - PAGE) : Math.max(0, fromId - firstId);
      return Promise.resolve(ok({ trades: all.slice(from, from + PAGE), exchangeTimeMs: nowMs }));
    },
  };
  return { exchange, all, asked: () => asked };
}

const quick = { retry: { baseMs: 1, maxMs: 1 }, onProgress: () => undefined };

describe('a fetch of trades', () => {
  it('stores every trade of the range once, whatever is there already, with what it covers', async () => {
    const world = fc.record({
      steps: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 150 }),
      firstId: fc.constantFrom(0, 1),
      range: fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 1, max: 3_000 })),
      known: fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 1, max: 500 })),
    });
    await fc.assert(
      fc.asyncProperty(world, async ({ steps, firstId, range: [fromMs, widthMs], known: [knownMs, width] }) => {
        let timeMs = 0;
        const { exchange, all } = numbered(
          steps.map((step) => (timeMs += step)),
          { firstId },
        );
        const store = new MemoryStore();
        const within = (from: number, to: number) => all.filter((trade) => trade.timeMs >= from && trade.timeMs < to);
        await store.write(KEY, [knownMs, knownMs + width], within(knownMs, knownMs + width));
        const toMs = fromMs + widthMs;
        const done = await fetchTradeHistory({ store, exchange }, { key: KEY, fromMs, toMs, ...quick });
        expect(done).toMatchObject({ ok: true, value: { toMs, beginsMs: null } });
        const covered = await store.covered();
        expect(covered.some(([from, to]) => from <= fromMs && to >= toMs)).toBe(true);
        expect(store.trades).toEqual(covered.flatMap(([from, to]) => within(from, to)));
      }),
      { numRuns: 200 },
    );
  });

  it('finds the first of millions by few questions', async () => {
    const { exchange, asked } = numbered(
      Array.from({ length: 300_000 }, (_, at) => at * 3),
      {},
    );
    const store = new MemoryStore();
    await fetchTradeHistory({ store, exchange }, { key: KEY, fromMs: 600_000, toMs: 600_030, ...quick });
    expect(store.trades.map(({ timeMs }) => timeMs)).toEqual(Array.from({ length: 10 }, (_, at) => 600_000 + at * 3));
    expect(asked()).toBeLessThan(25);
  });

  it('takes an answer without trades for a failure while newer ones are known', async () => {
    const times = Array.from({ length: 95 }, (_, at) => at * 10);
    const { exchange, all } = numbered(times, {});
    let asked = 0;
    const hiccup: typeof exchange = {
      fetchTrades: async (query) => {
        const answer = await exchange.fetchTrades(query);
        return query.fromId !== undefined && ++asked % 4 === 0 && answer.ok
          ? ok({ ...answer.value, trades: [] })
          : answer;
      },
    };
    const store = new MemoryStore();
    const done = await fetchTradeHistory({ store, exchange: hiccup }, { key: KEY, fromMs: 0, toMs: 2_000, ...quick });
    expect(done).toMatchObject({ ok: true, value: { added: 95 } });
    expect(store.trades).toEqual(all);
  });

  it('claims nothing from before the oldest trade the exchange still gives', async () => {
    const { exchange } = numbered([500, 500, 600, 700], { firstId: 77 });
    const store = new MemoryStore();
    const done = await fetchTradeHistory({ store, exchange }, { key: KEY, fromMs: 0, toMs: 1_000, ...quick });
    expect(done).toMatchObject({ ok: true, value: { added: 2, beginsMs: 501 } });
    expect(store.ranges).toEqual([[501, 1_000]]);
  });

  it('ends a second before the exchange’s present, and goes on from there', async () => {
    const times = Array.from({ length: 50 }, (_, at) => at * 100);
    const store = new MemoryStore();
    const early = numbered(times.slice(0, 30), { nowMs: 3_000 });
    const first = await fetchTradeHistory(
      { store, exchange: early.exchange },
      { key: KEY, fromMs: 0, toMs: null, ...quick },
    );
    expect(first).toMatchObject({ ok: true, value: { added: 20, toMs: 2_000 } });
    const later = numbered(times, { nowMs: 9_000 });
    const second = await fetchTradeHistory(
      { store, exchange: later.exchange },
      { key: KEY, fromMs: 0, toMs: null, ...quick },
    );
    expect(second).toMatchObject({ ok: true, value: { added: 30, toMs: 8_000 } });
    expect(store.trades).toEqual(later.all);
  });

  it('bears failures that pass; one that does not leaves what came before stored', async () => {
    let count = 0;
    const times = Array.from({ length: 95 }, (_, at) => at * 10);
    const shaky = numbered(times, { failing: () => count++ % 3 === 1 });
    const store = new MemoryStore();
    const waits: unknown[] = [];
    const job = { key: KEY, fromMs: 0, toMs: 2_000, ...quick };
    const onProgress = ({ waiting }: { waiting: unknown }): void => {
      if (waiting !== null) waits.push(waiting);
    };
    expect(await fetchTradeHistory({ store, exchange: shaky.exchange }, { ...job, onProgress })).toMatchObject({
      ok: true,
    });
    expect(store.trades).toEqual(shaky.all);
    expect(waits.length).toBeGreaterThan(2);

    const half = new MemoryStore();
    let answers = 0;
    const dying = numbered(times, { failing: () => answers++ > 6 });
    const failed = await fetchTradeHistory({ store: half, exchange: dying.exchange }, { ...job, attempts: 2 });
    expect(failed).toMatchObject({ ok: false, error: { kind: 'unavailable', message: 'local: planted' } });
    expect(half.trades.length).toBeGreaterThan(20);
    expect(half.trades.length).toBeLessThan(95);
    const resumed = await fetchTradeHistory({ store: half, exchange: shaky.exchange }, job);
    expect(resumed).toMatchObject({ ok: true });
    expect(half.trades).toEqual(shaky.all);
  });

  it('brings the trades of the local venue, which make up its candles', async () => {
    const MINUTE = 60_000;
    const venue = await startVenue({ port: 0, speed: 1 });
    const connection = connectExchange({ id: 'local', venueUrl: venue.url });
    try {
      const toMs = Math.floor(venue.nowMs() / MINUTE) * MINUTE - MINUTE;
      const fromMs = toMs - 10 * MINUTE;
      const store = new MemoryStore();
      const done = await fetchTradeHistory({ store, exchange: connection }, { key: KEY, fromMs, toMs, ...quick });
      expect(done).toMatchObject({ ok: true, value: { toMs, beginsMs: null } });
      const page = await connection.fetchCandles({ symbol: KEY.symbol, timeframe: '1m', sinceMs: fromMs, limit: 10 });
      if (!page.ok) throw new Error(page.error.message);
      for (const [openMs, , high, low, , volume] of page.value.closed) {
        const own = store.trades.filter(({ timeMs }) => timeMs >= openMs && timeMs < openMs + MINUTE);
        expect(Math.max(...own.map(({ price }) => price))).toBe(high);
        expect(Math.min(...own.map(({ price }) => price))).toBe(low);
        expect(own.reduce((sum, { quantity }) => sum + quantity, 0)).toBeCloseTo(volume, 8);
      }
      expect(await connection.fetchTrades({ symbol: 'NO/SUCH' })).toMatchObject({ error: { kind: 'unknown-symbol' } });
    } finally {
      await connection.close();
      await venue.close();
    }
  });
});

describe('an answer of trades', () => {
  const row = { id: '9', timestamp: 5, price: 1, amount: 2, side: 'sell' };

  it('is put in the order of its numbers', () => {
    const trades = readTrades([{ ...row, id: '10' }, row], 'A/B');
    expect(trades.map(({ id }) => id)).toEqual([9, 10]);
    expect(trades[0]).toEqual({ id: 9, timeMs: 5, price: 1, quantity: 2, side: 'sell' });
  });

  it.each([
    ['no list', {}],
    ['no number', [{ ...row, id: undefined }]],
    ['a price of nothing', [{ ...row, price: 0 }]],
    ['a number left out', [row, { ...row, id: '11' }]],
    ['the same number twice', [row, row]],
    ['a time that falls', [row, { ...row, id: '10', timestamp: 4 }]],
  ])('with %s is refused whole', (_, raw) => {
    expect(() => readTrades(raw, 'A/B')).toThrow(RefusedAnswer);
  });
});
