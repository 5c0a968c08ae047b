import { asc, desc, eq } from 'drizzle-orm';
import { closeTimeOf, findGaps, isTimeframe, type CandleColumns, type Gap, type Timeframe } from '@wickworks/core';
import { gapsOf } from '../codec/time-runs.js';
import type { Orm } from '../connection.js';
import { DatabaseError } from '../database-error.js';
import type { SeriesSummary } from '../ports.js';
import { chunks, series, tailCandles } from '../schema.js';
import { readChunk, viewOf, type ChunkRow } from './chunk.js';
import { digestOf, hashOfWindows, type WindowDigest } from './content-hash.js';
import { concatCandles } from './merge.js';
import { selectTail, tailToCandles, type SeriesRow } from './series-rows.js';
import { windowParts } from './window.js';

const HEAD = {
  window: chunks.window,
  fromMs: chunks.fromMs,
  toMs: chunks.toMs,
  digest: chunks.digest,
  times: chunks.times,
};
interface Head {
  readonly window: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly digest: Buffer;
  readonly times: Buffer;
}

/** The series' summary from chunk heads and tail rows; `null` when it holds no candle. Decodes at most one chunk. */
export async function summarise(
  orm: Orm,
  seriesId: number,
): Promise<{ summary: SeriesSummary; revision: number } | null> {
  const [rows, heads, newest, tailRows] = await orm.batch([
    orm.select().from(series).where(eq(series.id, seriesId)),
    orm.select(HEAD).from(chunks).where(eq(chunks.seriesId, seriesId)).orderBy(asc(chunks.window)),
    orm.select().from(chunks).where(eq(chunks.seriesId, seriesId)).orderBy(desc(chunks.window)).limit(1),
    selectTail(orm, eq(tailCandles.seriesId, seriesId)),
  ]);
  const [row] = rows;
  if (row === undefined || row.fromMs === null || row.toMs === null) return null;
  const timeframe = timeframeOf(row);
  const tail = tailToCandles(tailRows);
  return {
    revision: row.revision,
    summary: {
      exchange: row.exchange,
      symbol: row.symbol,
      timeframe,
      candles: row.candles,
      fromMs: row.fromMs,
      toMs: row.toMs,
      gaps: allGaps(heads, tail, timeframe),
      contentHash: hashOfWindows(timeframe, windowDigests(heads, newest[0], tail, timeframe)),
      corrections: row.corrections,
      fault: null,
    },
  };
}

/** What is known of a series whose candles cannot be read; `null` when it holds none. */
export async function summariseDamaged(orm: Orm, seriesId: number, fault: string): Promise<SeriesSummary | null> {
  const [row] = await orm.select().from(series).where(eq(series.id, seriesId));
  if (row === undefined || row.fromMs === null || row.toMs === null || !isTimeframe(row.timeframe)) return null;
  const { exchange, symbol, timeframe, candles, fromMs, toMs, corrections } = row;
  return { exchange, symbol, timeframe, candles, fromMs, toMs, gaps: [], contentHash: '', corrections, fault };
}

/** The row's timeframe, which only a damaged or newer database can have wrong. */
function timeframeOf(row: Pick<SeriesRow, 'timeframe'>): Timeframe {
  if (isTimeframe(row.timeframe)) return row.timeframe;
  throw new DatabaseError('damaged', `the database names a timeframe "${row.timeframe}" that does not exist`);
}

function allGaps(heads: readonly Head[], tail: CandleColumns, timeframe: Timeframe): Gap[] {
  const gaps: Gap[] = [];
  let endMs: number | null = null;
  const reach = (fromMs: number): void => {
    if (endMs !== null && fromMs > endMs) gaps.push([endMs, fromMs]);
  };
  for (const head of heads) {
    reach(head.fromMs);
    for (const gap of gapsOf(head.times, timeframe)) gaps.push(gap);
    endMs = closeTimeOf(timeframe, head.toMs);
  }
  if (tail.length > 0) {
    reach(tail.time[0]!);
    for (const gap of findGaps(tail, timeframe)) gaps.push(gap);
  }
  return gaps;
}

function windowDigests(
  heads: readonly Head[],
  newest: ChunkRow | undefined,
  tail: CandleColumns,
  timeframe: Timeframe,
): WindowDigest[] {
  const digests: WindowDigest[] = heads.map(({ window, digest }) => ({ window, digest }));
  for (const { window, from, to } of windowParts(tail, timeframe)) {
    const own = viewOf(tail, from, to);
    if (newest?.window === window) {
      // The tail goes on inside the newest chunk's window: their digest is that of both together.
      const both = concatCandles(readChunk(newest, timeframe), own);
      digests[digests.length - 1] = { window, digest: digestOf(both) };
    } else {
      digests.push({ window, digest: digestOf(own) });
    }
  }
  return digests;
}
