import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as fc from 'fast-check';
import { createClient } from '@libsql/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  Candles,
  findGaps,
  InvariantError,
  openTimeAt,
  shiftOpenTime,
  timeframeMs,
  TIMEFRAMES,
  toRows,
  type CandleRow,
  type SeriesKey,
} from '@wickworks/core';
import { openDatabase, type Database } from '../open-database.js';
import { TAIL_CANDLES_MAX } from './append.js';
import { NEWEST_CANDLES_MAX } from './append-newest.js';
import { contentHashOf } from './content-hash.js';
import { candleAt, KEY, MINUTE_MS, minutes, START_MS } from '../testing/candles.js';
import { WINDOW_CANDLES } from './window.js';

const NOW_MS = 1_800_000_000_000;

let folder: string;
let url: string;
let database: Database;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wick-db-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
beforeEach(async () => {
  url = pathToFileURL(join(folder, `store ${files++}.db`)).href;
  database = await openDatabase({ url });
  await database.migrate();
});
afterEach(() => database.close());

const everything = async (key = KEY) => toRows(await database.candles.read(key, 0, Infinity));
const run = async (sql: string): Promise<void> => {
  const client = createClient({ url });
  await client.execute(sql);
  client.close();
};

describe('append and read', () => {
  it('keeps candles in any order and gives them back ascending, to the bit', async () => {
    const rows = minutes(0, 30);
    const outcome = await database.candles.append(KEY, rows.toReversed(), 'rest', NOW_MS);
    expect(outcome).toEqual({ added: 30, unchanged: 0, corrections: [] });
    expect(await everything()).toEqual(rows);
    expect(await database.candles.lastOpenTime(KEY)).toBe(rows.at(-1)?.[0]);
    expect(toRows(await database.candles.read(KEY, rows[3]![0], rows[7]![0]))).toEqual(rows.slice(3, 7));
    expect(toRows(await database.candles.read(KEY, rows[3]![0] + 1, rows[7]![0] + 1))).toEqual(rows.slice(4, 8));
  });

  it('changes nothing when the same candles come again', async () => {
    const rows = minutes(0, TAIL_CANDLES_MAX + 40);
    await database.candles.append(KEY, rows, 'rest', NOW_MS);
    await database.candles.append(KEY, minutes(TAIL_CANDLES_MAX + 40, 5), 'stream', NOW_MS);
    const before = await database.candles.summary(KEY);
    const again = await database.candles.append(KEY, minutes(0, TAIL_CANDLES_MAX + 45), 'rest', NOW_MS);
    expect(again).toEqual({ added: 0, unchanged: TAIL_CANDLES_MAX + 45, corrections: [] });
    expect(await database.candles.summary(KEY)).toEqual(before);
  });

  it.each([1, 50, 100])('moves a full tail into a chunk and goes on, %i candles at a time', async (count) => {
    const rows = minutes(0, TAIL_CANDLES_MAX * 2 + 10);
    for (let from = 0; from < rows.length; from += count)
      await database.candles.append(KEY, rows.slice(from, from + count), 'stream', NOW_MS);
    expect(await everything()).toEqual(rows);
    expect(await database.candles.verify(KEY)).toEqual([]);
  });

  it('keeps histories over several windows, with older ones coming last', async () => {
    const count = WINDOW_CANDLES * 2 + 777;
    const rows = minutes(0, count);
    await database.candles.append(KEY, rows.slice(30_000), 'rest', NOW_MS);
    await database.candles.append(KEY, minutes(count, 3), 'stream', NOW_MS);
    await database.candles.append(KEY, rows.slice(0, 30_000), 'import', NOW_MS);
    expect(await everything()).toEqual(minutes(0, count + 3));
    expect(await database.candles.verify(KEY)).toEqual([]);
    const summary = await database.candles.summary(KEY);
    expect(summary).toMatchObject({ candles: count + 3, fromMs: START_MS, gaps: [], corrections: 0 });
  });

  it('reads the newest before a moment across tail and chunks', async () => {
    const rows = minutes(0, 25_000);
    await database.candles.append(KEY, rows, 'rest', NOW_MS);
    await database.candles.append(KEY, minutes(25_000, 50), 'stream', NOW_MS);
    const all = minutes(0, 25_050);
    const before = async (beforeMs: number, limit: number) =>
      toRows(await database.candles.readBefore(KEY, beforeMs, limit));
    expect(await before(Infinity, 10)).toEqual(all.slice(-10));
    expect(await before(Infinity, 3_000)).toEqual(all.slice(-3_000));
    expect(await before(all[24_990]![0], 3)).toEqual(all.slice(24_987, 24_990));
    expect(await before(all[12_345]![0], 12_000)).toEqual(all.slice(345, 12_345));
    expect(await before(all[5]![0], 100)).toEqual(all.slice(0, 5));
    expect(await before(0, 100)).toEqual([]);
    expect(await before(Infinity, 0)).toEqual([]);
  });

  it('refuses unsound candles as the bug they are, and stores none of the batch', async () => {
    const bad: CandleRow[] = [
      [START_MS + 1, 1, 1, 1, 1, 0],
      [START_MS, NaN, 1, 1, 1, 0],
      [START_MS, 1, 0.5, 1, 1, 0],
      [START_MS, 1, 1, 1, 1, -1],
    ];
    for (const row of bad)
      await expect(database.candles.append(KEY, [...minutes(1, 3), row], 'rest', NOW_MS)).rejects.toThrow(
        InvariantError,
      );
    expect(await everything()).toEqual([]);
    expect(await database.candles.summary(KEY)).toBeNull();
    expect(await database.candles.list()).toEqual([]);
  });

  it('keeps odd but sound values exactly', async () => {
    const rows: CandleRow[] = [
      [START_MS, 0.1 + 0.2, 1e300, 5e-324, 1 / 3, 0],
      [START_MS + MINUTE_MS, 123_456_789.000_000_01, 2 ** 60, 1e-12, Math.PI, 0.13077840000000002],
    ];
    await database.candles.append(KEY, [...rows, [START_MS + 2 * MINUTE_MS, 1, 1, 1, 1, -0]], 'rest', NOW_MS);
    const expected = [...rows, [START_MS + 2 * MINUTE_MS, 1, 1, 1, 1, 0]];
    expect(await everything()).toEqual(expected);
    await database.candles.append(KEY, minutes(3, TAIL_CANDLES_MAX), 'rest', NOW_MS);
    expect((await everything()).slice(0, 3)).toEqual(expected);
    expect(await database.candles.verify(KEY)).toEqual([]);
  });

  it('keeps series apart', async () => {
    const other = { ...KEY, exchange: 'binance' };
    const hourly: SeriesKey = { ...KEY, timeframe: '1h' };
    await database.candles.append(KEY, minutes(0, 3), 'rest', NOW_MS);
    await database.candles.append(other, minutes(5, 2), 'rest', NOW_MS);
    expect(await everything(other)).toEqual(minutes(5, 2));
    expect(await everything(hourly)).toEqual([]);
    await database.candles.delete(KEY);
    expect(await everything()).toEqual([]);
    expect(await everything(other)).toEqual(minutes(5, 2));
    expect((await database.candles.list()).map((summary) => summary.exchange)).toEqual(['binance']);
  });
});

describe('corrections', () => {
  it('keeps what was there when a closed candle changes, in tail and in chunks', async () => {
    await database.candles.append(KEY, minutes(0, TAIL_CANDLES_MAX + 1), 'rest', NOW_MS);
    await database.candles.append(KEY, minutes(TAIL_CANDLES_MAX + 1, 1), 'stream', NOW_MS);
    const inChunk = candleAt(START_MS + 7 * MINUTE_MS, 1);
    const inTail = candleAt(START_MS + (TAIL_CANDLES_MAX + 1) * MINUTE_MS, 1);
    const outcome = await database.candles.append(KEY, [inTail, inChunk], 'rest', NOW_MS + 1);
    expect(outcome).toMatchObject({ added: 0, unchanged: 0 });
    expect(outcome.corrections).toEqual([
      { openTimeMs: inChunk[0], previous: candleAt(inChunk[0]), candle: inChunk, seenAtMs: NOW_MS + 1, origin: 'rest' },
      { openTimeMs: inTail[0], previous: candleAt(inTail[0]), candle: inTail, seenAtMs: NOW_MS + 1, origin: 'rest' },
    ]);
    const [newest, older] = await database.candles.corrections(KEY, 10);
    expect([newest, older]).toMatchObject(outcome.corrections.toReversed());
    expect(await database.candles.corrections(KEY, 1)).toEqual([newest]);
    expect(await database.candles.corrections(KEY, 10, newest?.id)).toEqual([older]);
    expect(await database.candles.corrections(KEY, 10, older?.id)).toEqual([]);
    const rows = await everything();
    expect(rows[7]).toEqual(inChunk);
    expect(rows.at(-1)).toEqual(inTail);
    expect(await database.candles.summary(KEY)).toMatchObject({ corrections: 2, candles: TAIL_CANDLES_MAX + 2 });
    expect(await database.candles.verify(KEY)).toEqual([]);
  });

  it('lets the last of several candles with one open time hold', async () => {
    const outcome = await database.candles.append(KEY, [candleAt(START_MS, 1), candleAt(START_MS, 2)], 'rest', NOW_MS);
    expect(outcome.added).toBe(1);
    expect(await everything()).toEqual([candleAt(START_MS, 2)]);
  });
});

describe('any history of appends', () => {
  it('holds what a plain map holds: values, order, gaps, counts, content hash', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...TIMEFRAMES),
        fc.array(
          fc.record({
            from: fc.integer({ min: -2_000, max: 2_000 }),
            // Few at once take the short way when they are newest.
            count: fc.oneof(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: NEWEST_CANDLES_MAX + 1 })),
            every: fc.integer({ min: 1, max: 3 }),
            version: fc.integer({ min: 0, max: 1 }),
          }),
          { minLength: 1, maxLength: 8 },
        ),
        async (timeframe, batches) => {
          const key: SeriesKey = { exchange: `run${run++}`, symbol: 'X/Y', timeframe };
          // The middle of a window and its edge are both met.
          const origin = openTimeAt(timeframe, timeframeMs(timeframe) * WINDOW_CANDLES + (timeframe === '1M' ? 0 : 1));
          const model = new Map<number, CandleRow>();
          let corrected = 0;
          for (const { from, count, every, version } of batches) {
            const rows: CandleRow[] = [];
            let added = 0;
            let changed = 0;
            for (let index = 0; index < count; index++) {
              const row = candleAt(shiftOpenTime(timeframe, origin, from + index * every), version);
              const known = model.get(row[0]);
              if (known === undefined) added++;
              else if (known.some((value, k) => value !== row[k])) changed++;
              model.set(row[0], row);
              rows.push(row);
            }
            const outcome = await database.candles.append(key, rows, 'rest', NOW_MS);
            expect([outcome.added, outcome.corrections.length]).toEqual([added, changed]);
            expect(outcome.unchanged).toBe(count - added - changed);
            corrected += changed;
          }
          const expected = Candles.fromRows([...model.values()].sort((a, b) => a[0] - b[0]));
          expect(await everything(key)).toEqual(toRows(expected));
          expect(await database.candles.verify(key)).toEqual([]);
          expect(await database.candles.summary(key)).toEqual({
            ...key,
            candles: expected.length,
            fromMs: expected.time[0],
            toMs: expected.time[expected.length - 1],
            gaps: findGaps(expected, timeframe),
            contentHash: contentHashOf(expected, timeframe),
            corrections: corrected,
            fault: null,
          });
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('source gaps', () => {
  it('joins what touches, cuts what is asked, and yields to candles that turn up', async () => {
    const at = (minute: number): number => START_MS + minute * MINUTE_MS;
    await database.candles.markSourceGap(KEY, [at(0), at(10)]);
    await database.candles.markSourceGap(KEY, [at(20), at(30)]);
    await database.candles.markSourceGap(KEY, [at(10), at(12)]);
    const all = () => database.candles.sourceGaps(KEY, 0, at(1_000));
    expect(await all()).toEqual([[at(0), at(12)], [at(20), at(30)]]); // prettier-ignore
    expect(await database.candles.sourceGaps(KEY, at(5), at(22))).toEqual([[at(5), at(12)], [at(20), at(22)]]); // prettier-ignore
    expect(await database.candles.list()).toEqual([]);
    await database.candles.append(KEY, minutes(3, 2), 'rest', NOW_MS);
    expect(await all()).toEqual([[at(0), at(3)], [at(5), at(12)], [at(20), at(30)]]); // prettier-ignore
    await database.candles.append(KEY, minutes(29, 5), 'rest', NOW_MS);
    await database.candles.append(KEY, minutes(0, 3), 'rest', NOW_MS);
    expect(await all()).toEqual([[at(5), at(12)], [at(20), at(29)]]); // prettier-ignore
    await database.candles.delete(KEY);
    expect(await all()).toEqual([]);
  });
});

describe('a damaged series', () => {
  it('is listed with its fault beside the sound ones, and can be deleted', async () => {
    const damaged = { ...KEY, symbol: 'DAMAGED/USDT' };
    await database.candles.append(KEY, minutes(0, 3), 'rest', NOW_MS);
    await database.candles.append(damaged, minutes(0, TAIL_CANDLES_MAX + 1), 'rest', NOW_MS);
    await run('UPDATE chunks SET times = substr(times, 1, 1)');
    const faults = async () => (await database.candles.list()).map(({ symbol, fault }) => [symbol, fault === null]);
    // A fresh look: summaries are remembered as long as the revision stays.
    await run('UPDATE series SET revision = revision + 1');
    expect((await faults()).toSorted()).toEqual([[KEY.symbol, true], ['DAMAGED/USDT', false]].toSorted()); // prettier-ignore
    expect(await database.candles.summary(damaged)).toMatchObject({
      candles: TAIL_CANDLES_MAX + 1,
      contentHash: '',
      fault: expect.any(String) as string,
    });
    await database.candles.delete(damaged);
    expect(await faults()).toEqual([[KEY.symbol, true]]);
  });
});

describe('verify', () => {
  it.each([
    ['UPDATE chunks SET block = substr(block, 1, length(block) - 8)', 'cannot be decoded'],
    ['UPDATE chunks SET digest = zeroblob(32)', 'another content than its hash says'],
    ['UPDATE chunks SET to_ms = to_ms - 60000', 'does not cover the times'],
    ['UPDATE tail_candles SET high = low / 2', 'high is below open or close'],
    ['DELETE FROM tail_candles', 'number of tail candles is 0'],
    ['UPDATE series SET candles = candles + 1', 'number of candles'],
    ['UPDATE tail_candles SET open_time_ms = open_time_ms + 1', 'not an open time'],
  ])('notices %s', async (sql, message) => {
    await database.candles.append(KEY, minutes(0, TAIL_CANDLES_MAX + 1), 'rest', NOW_MS);
    await database.candles.append(KEY, minutes(TAIL_CANDLES_MAX + 1, 3), 'stream', NOW_MS);
    expect(await database.candles.verify(KEY)).toEqual([]);
    await run(sql);
    expect((await database.candles.verify(KEY)).join('\n')).toContain(message);
  });
});
