import { and, asc, eq, gt, gte, lt, lte } from 'drizzle-orm';
import {
  assert,
  closeTimeOf,
  lowerBound,
  type CandleColumns,
  type Gap,
  type SeriesKey,
  type Timeframe,
} from '@wickworks/core';
import type { Orm, Transaction } from '../connection.js';
import { sourceGaps } from '../schema.js';
import { findOrCreateSeries, seriesIdOf } from './series-rows.js';

/** Records `gap`, joined with those it touches. */
export async function addSourceGap(transaction: Transaction, key: SeriesKey, gap: Gap): Promise<void> {
  assert(gap[0] < gap[1], 'a gap begins before it ends');
  const { id: seriesId } = await findOrCreateSeries(transaction, key);
  const touching = and(eq(sourceGaps.seriesId, seriesId), lte(sourceGaps.fromMs, gap[1]), gte(sourceGaps.toMs, gap[0]));
  const joined = await transaction.select().from(sourceGaps).where(touching);
  await transaction.delete(sourceGaps).where(touching);
  await transaction.insert(sourceGaps).values({
    seriesId,
    fromMs: Math.min(gap[0], ...joined.map((row) => row.fromMs)),
    toMs: Math.max(gap[1], ...joined.map((row) => row.toMs)),
  });
}

/** Recorded gaps inside `[fromMs, toMs)`, cut to it, ascending. */
export async function readSourceGaps(orm: Orm, key: SeriesKey, fromMs: number, toMs: number): Promise<Gap[]> {
  const rows = await orm
    .select({ fromMs: sourceGaps.fromMs, toMs: sourceGaps.toMs })
    .from(sourceGaps)
    .where(and(eq(sourceGaps.seriesId, seriesIdOf(key)), lt(sourceGaps.fromMs, toMs), gt(sourceGaps.toMs, fromMs)))
    .orderBy(asc(sourceGaps.fromMs));
  return rows.map((row) => [Math.max(row.fromMs, fromMs), Math.min(row.toMs, toMs)]);
}

/** The source has these candles after all: they leave the recorded gaps. */
export async function cutSourceGaps(
  transaction: Transaction,
  { seriesId, timeframe }: { seriesId: number; timeframe: Timeframe },
  candles: CandleColumns,
): Promise<void> {
  const endMs = closeTimeOf(timeframe, candles.time[candles.length - 1]!);
  const overlapping = and(
    eq(sourceGaps.seriesId, seriesId),
    lt(sourceGaps.fromMs, endMs),
    gt(sourceGaps.toMs, candles.time[0]!),
  );
  for (const { fromMs, toMs } of await transaction.select().from(sourceGaps).where(overlapping)) {
    const rest = subtractCandles([fromMs, toMs], candles, timeframe);
    if (rest.length === 1 && rest[0]![0] === fromMs && rest[0]![1] === toMs) continue;
    await transaction.delete(sourceGaps).where(and(eq(sourceGaps.seriesId, seriesId), eq(sourceGaps.fromMs, fromMs)));
    if (rest.length > 0)
      await transaction.insert(sourceGaps).values(rest.map(([from, to]) => ({ seriesId, fromMs: from, toMs: to })));
  }
}

/** What remains of `gap` beside the candles that lie in it. */
function subtractCandles(gap: Gap, candles: CandleColumns, timeframe: Timeframe): Gap[] {
  const rest: Gap[] = [];
  let fromMs = gap[0];
  for (let index = lowerBound(candles, fromMs); index < candles.length && candles.time[index]! < gap[1]; index++) {
    const openTimeMs = candles.time[index]!;
    if (openTimeMs > fromMs) rest.push([fromMs, openTimeMs]);
    fromMs = closeTimeOf(timeframe, openTimeMs);
  }
  if (fromMs < gap[1]) rest.push([fromMs, gap[1]]);
  return rest;
}
