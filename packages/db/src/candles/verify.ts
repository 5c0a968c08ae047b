import { asc, eq } from 'drizzle-orm';
import { rowAt, type CandleColumns, type SeriesKey } from '@wickworks/core';
import type { Orm } from '../connection.js';
import { chunks, tailCandles } from '../schema.js';
import { readChunk, type ChunkRow } from './chunk.js';
import { digestOf } from './content-hash.js';
import { storableFault } from './prepare.js';
import { selectSeries, selectTail, tailToCandles, type SeriesRow } from './series-rows.js';
import { windowOf } from './window.js';

/** Everything about the stored series that is not as it must be, as sentences; reads and decodes all of it. */
export async function findFaults(orm: Orm, key: SeriesKey): Promise<string[]> {
  const [row] = await selectSeries(orm, key);
  if (row === undefined) return ['the series is not stored'];
  const [rows, stored, tailRows] = await orm.batch([
    selectSeries(orm, key),
    orm.select().from(chunks).where(eq(chunks.seriesId, row.id)).orderBy(asc(chunks.window)),
    selectTail(orm, eq(tailCandles.seriesId, row.id)),
  ]);
  const tail = tailToCandles(tailRows);
  const faults: string[] = [];
  for (const chunk of stored) faults.push(...chunkFaults(chunk, key));
  faults.push(...candleFaults(tail, key, 'tail'));
  if (rows[0] !== undefined) faults.push(...totalFaults(rows[0], stored, tail));
  return faults;
}

function chunkFaults(chunk: ChunkRow, key: SeriesKey): string[] {
  const name = `chunk ${chunk.window}`;
  let candles: CandleColumns;
  try {
    candles = readChunk(chunk, key.timeframe);
  } catch (error) {
    return [`${name} cannot be decoded: ${error instanceof Error ? error.message : String(error)}`];
  }
  const faults = candleFaults(candles, key, name);
  if (!digestOf(candles).equals(chunk.digest)) faults.push(`${name} has another content than its hash says`);
  if (candles.time[0] !== chunk.fromMs || candles.time[candles.length - 1] !== chunk.toMs)
    faults.push(`${name} does not cover the times it states`);
  for (const timeMs of [chunk.fromMs, chunk.toMs])
    if (windowOf(key.timeframe, timeMs) !== chunk.window) faults.push(`${name} holds a candle of another window`);
  return faults;
}

/** The first few unsound candles are enough to know. */
const FAULTS_PER_PART_MAX = 10;

function candleFaults(candles: CandleColumns, key: SeriesKey, name: string): string[] {
  const faults: string[] = [];
  for (let index = 0; index < candles.length && faults.length < FAULTS_PER_PART_MAX; index++) {
    const fault = storableFault(rowAt(candles, index), key.timeframe);
    if (fault !== null) faults.push(`${name}: candle ${candles.time[index]!}: ${fault}`);
    if (index > 0 && candles.time[index]! <= candles.time[index - 1]!)
      faults.push(`${name}: candle ${candles.time[index]!} is out of order`);
  }
  return faults;
}

function totalFaults(row: SeriesRow, stored: readonly ChunkRow[], tail: CandleColumns): string[] {
  const faults: string[] = [];
  const chunkedToMs = stored.at(-1)?.toMs ?? null;
  const firstTailMs = tail.length === 0 ? null : tail.time[0]!;
  const lastTailMs = tail.length === 0 ? null : tail.time[tail.length - 1]!;
  const expect = (what: string, actual: number | null, stated: number | null): void => {
    if (actual !== stated) faults.push(`${what} is ${actual ?? 'none'}, the series states ${stated ?? 'none'}`);
  };
  if (chunkedToMs !== null && firstTailMs !== null && firstTailMs <= chunkedToMs)
    faults.push('the tail begins before the chunks end');
  expect(
    'number of candles',
    stored.reduce((sum, chunk) => sum + chunk.candles, tail.length),
    row.candles,
  );
  expect('number of tail candles', tail.length, row.tailCandles);
  expect('end of the chunks', chunkedToMs, row.chunkedToMs);
  expect('first candle', stored[0]?.fromMs ?? firstTailMs, row.fromMs);
  expect('last candle', lastTailMs ?? chunkedToMs, row.toMs);
  return faults;
}
