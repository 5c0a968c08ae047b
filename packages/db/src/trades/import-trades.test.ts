import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { MS_PER_HOUR } from '@wickworks/core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  importTrades,
  openDatabase,
  TradeBuffer,
  type Database,
  type StoredTrades,
  type TradeStore,
} from '../index.js';

const KEY = { exchange: 'local', symbol: 'BTC/USDT' };
const STEP_MS = 100;
const HOURS = 6;
const COUNT = (HOURS * MS_PER_HOUR) / STEP_MS;
const folder = mkdtempSync(join(tmpdir(), 'wick-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
let database: Database;
let store: TradeStore;
beforeEach(async () => {
  database = await openDatabase({ url: pathToFileURL(join(folder, `${files++}.db`)).href });
  await database.migrate();
  store = database.trades;
});
afterEach(() => database.close());

/** 216,000 trades in six hours, which are six pieces; `price` of the one at `oddMs`. */
function file(oddMs = -1): StoredTrades {
  const buffer = new TradeBuffer();
  for (let id = 0; id < COUNT; id++) {
    const timeMs = id * STEP_MS;
    buffer.push({ timeMs, price: timeMs === oddMs ? 9 : 100 + (id % 7), quantity: 1 + (id % 5), side: 1, id });
  }
  return buffer.columns();
}
/** The store, but its `n`th write is `instead`. */
function disturbed(n: number, instead: () => Promise<void>, onWrite?: () => void): TradeStore {
  let writes = 0;
  const proxy = Object.create(store) as TradeStore;
  // A class with private fields cannot stand behind a prototype.
  proxy.read = (...asked) => store.read(...asked);
  proxy.covered = (key) => store.covered(key);
  proxy.write = async (...asked) => {
    onWrite?.();
    if (++writes === n) await instead();
    return store.write(...asked);
  };
  return proxy;
}

describe('a file of many trades', () => {
  it('lets others have their turn while it is imported, and is what one write would have stored', async () => {
    let isDone = false;
    const importing = importTrades(store, KEY, file(), { toMs: 9 * MS_PER_HOUR }).finally(() => {
      isDone = true;
    });
    let reads = 0;
    let writes = 0;
    const candles = { ...KEY, timeframe: '1m' } as const;
    while (!isDone) {
      await database.candles.append(candles, [[writes++ * 60_000, 1, 1, 1, 1, 1]], 'stream', 0);
      if ((await database.candles.lastOpenTime(candles)) !== null && !isDone) reads++;
      await turn();
    }
    expect(await importing).toMatchObject({
      ok: true,
      value: { read: COUNT, added: COUNT, unchanged: 0, replaced: 0 },
    });
    expect(reads).toBeGreaterThan(1);
    const summary = await store.summary(KEY);
    expect(summary).toMatchObject({ trades: COUNT, covered: [[0, 9 * MS_PER_HOUR]] });
    expect(await store.verify(KEY)).toEqual([]);
    await store.delete(KEY);
    await store.write(KEY, [0, 9 * MS_PER_HOUR], file());
    expect(await store.summary(KEY)).toEqual(summary);
    const again = await importTrades(store, KEY, file(), {});
    expect(again).toMatchObject({ ok: true, value: { added: 0, unchanged: COUNT, replaced: 0 } });
  });

  it('changes nothing where the last of it contradicts what is stored, unless that may be replaced', async () => {
    const oddMs = 5 * MS_PER_HOUR + 600 * STEP_MS;
    await store.write(KEY, [5 * MS_PER_HOUR, 6 * MS_PER_HOUR], sliceOf(file(oddMs), 5 * MS_PER_HOUR));
    const before = await store.summary(KEY);
    expect(await importTrades(store, KEY, file(), {})).toEqual({
      ok: false,
      error: { kind: 'differs', timeMs: oddMs, isLate: false },
    });
    expect(await store.summary(KEY)).toEqual(before);
    expect(await importTrades(store, KEY, file(), { replace: true })).toMatchObject({ ok: true });
    expect(await store.summary(KEY)).toMatchObject({ trades: COUNT, covered: [[0, HOURS * MS_PER_HOUR]] });
  });

  it('broken off, has stored whole hours with their range, and goes on from there', async () => {
    const failing = disturbed(3, () => Promise.reject(new Error('planted')));
    await expect(importTrades(failing, KEY, file(), {})).rejects.toThrow('planted');
    const half = (await store.summary(KEY))!;
    const [[fromMs, toMs]] = half.covered as [[number, number]];
    expect([fromMs, toMs % MS_PER_HOUR]).toEqual([0, 0]);
    expect(half.trades).toBe(toMs / STEP_MS);
    expect(await store.verify(KEY)).toEqual([]);
    const rest = await importTrades(store, KEY, file(), {});
    expect(rest).toMatchObject({ ok: true, value: { added: COUNT - half.trades, unchanged: half.trades } });
    expect(await store.verify(KEY)).toEqual([]);
  });

  it('reads what it knows already once, and writes it again where it was deleted meanwhile', async () => {
    await store.write(KEY, [0, 5 * MS_PER_HOUR], sliceOf(file(), 0, 5 * MS_PER_HOUR));
    let writes = 0;
    const counting = disturbed(
      0,
      () => Promise.resolve(),
      () => writes++,
    );
    expect(await importTrades(counting, KEY, file(), {})).toMatchObject({ ok: true, value: { unchanged: 180_000 } });
    expect(writes).toBe(1);
    expect(await importTrades(counting, KEY, file(), {})).toMatchObject({ ok: true, value: { unchanged: COUNT } });
    expect(writes).toBe(1);

    await store.delete(KEY);
    await store.write(KEY, [0, 5 * MS_PER_HOUR], sliceOf(file(), 0, 5 * MS_PER_HOUR));
    const meanwhile = disturbed(1, () => store.delete(KEY));
    expect(await importTrades(meanwhile, KEY, file(), {})).toMatchObject({ ok: true, value: { added: COUNT } });
    expect(await store.summary(KEY)).toMatchObject({
      trades: COUNT,
      covered: [[0, HOURS * MS_PER_HOUR - STEP_MS + 1]],
    });
    expect(await store.verify(KEY)).toEqual([]);
  });

  it('says so when other trades come meanwhile', async () => {
    const lateMs = HOURS * MS_PER_HOUR - STEP_MS;
    const meanwhile = disturbed(2, async () => {
      await store.write(KEY, [lateMs, lateMs + 1], sliceOf(file(lateMs), lateMs));
    });
    const told = await importTrades(meanwhile, KEY, file(), {});
    expect(told).toEqual({ ok: false, error: { kind: 'differs', timeMs: lateMs, isLate: true } });
    expect(await store.verify(KEY)).toEqual([]);
  });
});

function sliceOf(trades: StoredTrades, fromMs: number, toMs = Infinity): StoredTrades {
  const at = fromMs / STEP_MS;
  const buffer = new TradeBuffer();
  for (let i = at; i < Math.min(trades.length, toMs / STEP_MS); i++)
    buffer.push({
      timeMs: trades.time[i]!,
      price: trades.price[i]!,
      quantity: trades.quantity[i]!,
      side: trades.side[i]!,
      id: trades.id[i]!,
    });
  return buffer.columns();
}
