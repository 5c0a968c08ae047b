import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resample, toRows, Candles, type CandleRow, type SeriesKey, type Timeframe } from '@wickworks/core';
import type { CandleStore } from '@wickworks/db';
import { failingStore } from '../testing/failing-store.js';
import { candleAt, minutesUntil, ScriptedExchange } from '../testing/scripted-exchange.js';
import { openTestStore, type TestStore } from '../testing/test-server.js';
import { ExchangeFeed } from './exchange-feed.js';
import { Feed } from './feed.js';
import type { SeriesEvent } from './series-event.js';
import { StoreHealth } from './store-health.js';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 1, 12);
let store: TestStore;
let series = 0;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.dispose());

interface Scene {
  readonly exchange: ScriptedExchange;
  readonly feed: Feed;
  readonly health: StoreHealth;
  readonly key: SeriesKey;
}

const stage = (input: { stored?: readonly CandleRow[]; candles?: CandleStore; timeframe?: Timeframe } = {}): Scene => {
  const exchange = new ScriptedExchange({ id: `hub${++series}`, timeframes: ['1m', '15m'] });
  exchange.nowMs = NOW;
  exchange.rowsOf('BTC/USDT', '1m').push(...minutesUntil(NOW, 300));
  const health = new StoreHealth();
  const feed = new Feed({
    exchanges: new Map([[exchange.id, new ExchangeFeed(exchange, health, 0)]]),
    store: input.candles ?? store.candles,
    health,
    nowMs: () => 1,
    lingerMs: 60_000,
    log: { warn: () => undefined },
  });
  const key: SeriesKey = { exchange: exchange.id, symbol: 'BTC/USDT', timeframe: input.timeframe ?? '1m' };
  return { exchange, feed, health, key };
};

const open = async ({ feed, key }: Scene) => {
  const lease = await feed.acquire(key);
  if (!lease.ok) throw new Error(lease.error.detail);
  const events: SeriesEvent[] = [];
  lease.value.hub.subscribe((event) => events.push(event));
  return { ...lease.value, events };
};

/** Waits for a state that is reached by promises alone or by the store. */
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};

describe('SeriesHub', () => {
  it('stores a closed candle before it tells of it', async () => {
    const scene = stage();
    const { hub, events } = await open(scene);
    const storedWhenTold: (number | null)[] = [];
    let asked = Promise.resolve();
    hub.subscribe((event) => {
      if (event.kind !== 'closed') return;
      asked = asked.then(async () => {
        storedWhenTold.push(await store.candles.lastOpenTime(scene.key));
      });
    });
    scene.exchange.tellClosed(candleAt(NOW));
    await until(() => events.length === 1);
    await asked;
    expect(storedWhenTold).toEqual([NOW]);
  });

  it('tells nothing while the store fails, then everything in order', async () => {
    let isBroken = false;
    const candles = new Proxy(store.candles, {
      get: (target, name: keyof CandleStore) => {
        const method = target[name].bind(target) as (...args: unknown[]) => unknown;
        return (...args: unknown[]) =>
          isBroken && name === 'append' ? Promise.reject(new Error('disk full')) : method(...args);
      },
    });
    const scene = stage({ candles });
    const { events } = await open(scene);
    const exchange = scene.feed.exchanges.get(scene.key.exchange)!;
    const told: string[] = [];
    exchange.onStatus(({ state, reason }) => told.push(`${state} ${reason} after ${events.length}`));
    isBroken = true;
    scene.exchange.tellForming(candleAt(NOW));
    scene.exchange.tellClosed(candleAt(NOW));
    scene.exchange.tellForming(candleAt(NOW + MINUTE));
    scene.exchange.tellClosed(candleAt(NOW + MINUTE));
    scene.exchange.tellForming(candleAt(NOW + 2 * MINUTE));
    await until(() => scene.health.failures > 0);
    expect(scene.health.fault).toBe('disk full');
    expect(events.map((event) => event.kind)).toEqual(['forming']);
    // What clients see stands still, so the exchange must not pass for live.
    expect(exchange.status).toMatchObject({ state: 'stale', reason: 'closed candles cannot be stored: disk full' });
    isBroken = false;
    await until(() => events.length === 4);
    expect(events.slice(1)).toMatchObject([
      { kind: 'closed', candle: candleAt(NOW) },
      { kind: 'closed', candle: candleAt(NOW + MINUTE) },
      { kind: 'forming', candle: candleAt(NOW + 2 * MINUTE) },
    ]);
    expect(scene.health.fault).toBeNull();
    expect(exchange.status).toMatchObject({ state: 'live', reason: '' });
    expect(told).toEqual(['stale closed candles cannot be stored: disk full after 1', 'live  after 4']);
  });

  it('a healthy series does not hide that another one fails', () => {
    const health = new StoreHealth();
    const [sick, sound] = (['1m', '1h'] as const).map((timeframe) => ({ exchange: 'x', symbol: 'A/B', timeframe }));
    health.failed(sick!, new Error('disk full'), 5);
    health.failed(sick!, new Error('disk full'), 6);
    health.succeeded(sound!);
    expect(health.faultOf('x')).toMatchObject({ message: 'disk full', sinceMs: 5 });
    expect(health.faultOf('y')).toBeNull();
    health.succeeded(sick!);
    expect(health.faultOf('x')).toBeNull();
  });

  it('tells healed candles once, and a changed one as a correction', async () => {
    const scene = stage();
    const { hub, events } = await open(scene);
    scene.exchange.tellClosed(candleAt(NOW));
    const changed = candleAt(NOW, 5);
    scene.exchange.heal('BTC/USDT', '1m', [changed, candleAt(NOW + MINUTE)], []);
    await until(() => events.length === 3);
    expect(events).toMatchObject([
      { kind: 'closed', candle: candleAt(NOW) },
      { kind: 'backfill', candles: [candleAt(NOW + MINUTE)] },
      { kind: 'correction', candle: changed, previous: candleAt(NOW) },
    ]);
    expect(toRows(hub.closed).slice(-2)).toEqual([changed, candleAt(NOW + MINUTE)]);
  });

  it('tells a candle healed twice before it was stored with its later values, as the store has it', async () => {
    const scene = stage();
    const { hub, events } = await open(scene);
    const first = candleAt(NOW + MINUTE);
    const later: CandleRow = [first[0], first[1], first[2] + 1, first[3], first[4], first[5] + 1];
    // The first is on its way to the store while the other two gather in the next batch.
    for (const row of [candleAt(NOW), first, later]) scene.exchange.heal('BTC/USDT', '1m', [row], []);
    await until(() => events.length === 3);
    expect(events.at(-1)).toMatchObject({ kind: 'correction', candle: later, previous: first });
    expect(toRows(hub.closed).at(-1)).toEqual(later);
    expect(toRows(await store.candles.read(scene.key, first[0], first[0] + MINUTE))).toEqual([later]);
  });

  it('never serves stored candles newer than the present of the exchange', async () => {
    const scene = stage();
    await store.candles.append(scene.key, [candleAt(NOW + 60 * MINUTE)], 'rest', 1);
    const { hub } = await open(scene);
    expect(hub.closed.time[hub.closed.length - 1]).toBe(NOW - MINUTE);
    const page = await hub.history(NOW + 120 * MINUTE, 10);
    expect(page.ok && page.value.candles.at(-1)?.[0]).toBe(NOW - MINUTE);
  });

  it('serves what is stored when the exchange is away, and heals when it is back', async () => {
    const scene = stage();
    await store.candles.append(scene.key, minutesUntil(NOW, 20).slice(0, 15), 'rest', 1);
    scene.exchange.failure = { kind: 'unavailable', message: 'away', retryable: true };
    const { hub, events } = await open(scene);
    expect(hub.closed.length).toBe(15);
    await until(() => events.length > 0);
    expect(events[0]).toMatchObject({ kind: 'backfill', candles: minutesUntil(NOW, 5) });
  });

  it('watches once for all, and stops a while after the last has gone', async () => {
    const scene = stage();
    const [one, two] = await Promise.all([open(scene), open(scene)]);
    expect(one.hub).toBe(two.hub);
    expect(scene.exchange.watched.size).toBe(1);
    one.release();
    two.release();
    expect(scene.exchange.watched.size).toBe(1);
    await scene.feed.close();
    expect(scene.exchange.watched.size).toBe(0);
  });

  it('drops the stored candles of another replay', async () => {
    const exchange = new ScriptedExchange({ id: 'local' });
    exchange.nowMs = NOW;
    exchange.rowsOf('BTC/USDT', '1m').push(...minutesUntil(NOW, 30));
    const key: SeriesKey = { exchange: 'local', symbol: 'BTC/USDT', timeframe: '1m' };
    const others = minutesUntil(NOW, 60).map((row) => candleAt(row[0], 50));
    await store.candles.append(key, others, 'rest', 1);
    const health = new StoreHealth();
    const feed = new Feed({
      exchanges: new Map([['local', new ExchangeFeed(exchange, health, 0)]]),
      store: store.candles,
      health,
      nowMs: () => 1,
      lingerMs: 1,
      log: { warn: () => undefined },
    });
    const { hub } = await open({ exchange, feed, health, key });
    const page = await hub.history(NOW, 60);
    expect(page.ok && toRows(page.value.candles)).toEqual(minutesUntil(NOW, 30));
  });
});

describe('a series whose store fails as it is opened', () => {
  it('is opened when the store is back, and given back in between', async () => {
    let isFailing = true;
    const scene = stage({ candles: failingStore(store.candles, 'append', () => isFailing) });
    await expect(scene.feed.acquire(scene.key)).rejects.toThrow('planted');
    expect(scene.feed.hubCount).toBe(0);
    isFailing = false;
    const { hub } = await open(scene);
    expect(hub.closed.length).toBe(300);
  });
});

describe('a timeframe the exchange lacks', () => {
  it('is built from a narrower one: snapshot, stream and store agree with resampling', async () => {
    const scene = stage({ timeframe: '5m' });
    const { hub, events } = await open(scene);
    await hub.ensureDepth(40);
    for (let minute = 0; minute < 23; minute++) {
      scene.exchange.tellForming(candleAt(NOW + minute * MINUTE, -0.5));
      scene.exchange.tellClosed(candleAt(NOW + minute * MINUTE));
    }
    scene.exchange.tellForming(candleAt(NOW + 23 * MINUTE));
    await until(() => hub.forming?.[0] === NOW + 20 * MINUTE && hub.forming[5] > 20);
    const narrow = scene.exchange.rowsOf('BTC/USDT', '1m');
    const wide = toRows(resample(Candles.fromRows(narrow), '5m'));
    expect(toRows(hub.closed)).toEqual(wide.slice(wide.length - 1 - hub.closed.length, -1));
    expect(hub.closed.length).toBeGreaterThanOrEqual(44);
    const told = events.filter((event) => event.kind === 'closed').map((event) => event.candle[0]);
    expect(told).toEqual([0, 5, 10, 15].map((minute) => NOW + minute * MINUTE));
    const stored = await store.candles.read(scene.key, NOW, NOW + 60 * MINUTE);
    expect(toRows(stored)).toEqual(wide.slice(-5, -1));
  });

  it('closes across a hole and follows corrections', async () => {
    const scene = stage({ timeframe: '5m' });
    const { hub, events } = await open(scene);
    for (const minute of [0, 1, 2]) scene.exchange.tellClosed(candleAt(NOW + minute * MINUTE));
    scene.exchange.heal('BTC/USDT', '1m', [candleAt(NOW + 11 * MINUTE)], [[NOW + 3 * MINUTE, NOW + 11 * MINUTE]]);
    await until(() => events.some((event) => event.kind === 'backfill'));
    expect(toRows(hub.closed).at(-1)).toEqual(
      toRows(resample(Candles.fromRows([0, 1, 2].map((m) => candleAt(NOW + m * MINUTE))), '5m'))[0],
    );
    scene.exchange.heal('BTC/USDT', '1m', [candleAt(NOW + MINUTE, 30)], []);
    await until(() => events.some((event) => event.kind === 'correction'));
    expect(toRows(hub.closed).at(-1)?.[2]).toBe(candleAt(NOW + MINUTE, 30)[2]);
  });
});
