import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import { Candles, type CandleColumns, type CandleRow, type SeriesKey } from '@wickworks/core';
import type { Orm, Transaction } from '../connection.js';
import { series, sourceGaps, tailCandles } from '../schema.js';

export type SeriesRow = typeof series.$inferSelect;
type Queries = Pick<Orm | Transaction, 'select'>;

const keyed = (key: SeriesKey): SQL | undefined =>
  and(eq(series.exchange, key.exchange), eq(series.symbol, key.symbol), eq(series.timeframe, key.timeframe));

/** The series' row, if it is stored. */
export const selectSeries = (orm: Queries, key: SeriesKey) => orm.select().from(series).where(keyed(key)).limit(1);

/** `WHERE series_id = ` this. */
export const seriesIdOf = (key: SeriesKey): SQL => sql`(SELECT ${series.id} FROM ${series} WHERE ${keyed(key)})`;

/** The series' row, made when it is new. */
export async function findOrCreateSeries(transaction: Transaction, key: SeriesKey): Promise<SeriesRow> {
  const [found] = await selectSeries(transaction, key);
  if (found !== undefined) return found;
  const { exchange, symbol, timeframe } = key;
  const [created] = await transaction
    .insert(series)
    .values({ exchange, symbol, timeframe, candles: 0, tailCandles: 0, corrections: 0, revision: 0 })
    .returning();
  return created!;
}

/** Where the newest recorded source gap ends, ms UTC; `null` when there is none. */
export async function sourceGapsEndMs(transaction: Transaction, seriesId: number): Promise<number | null> {
  const [newest] = await transaction
    .select({ toMs: sourceGaps.toMs })
    .from(sourceGaps)
    .where(eq(sourceGaps.seriesId, seriesId))
    .orderBy(sql`${sourceGaps.fromMs} DESC`)
    .limit(1);
  return newest?.toMs ?? null;
}

const TAIL_COLUMNS = {
  openTimeMs: tailCandles.openTimeMs,
  open: tailCandles.open,
  high: tailCandles.high,
  low: tailCandles.low,
  close: tailCandles.close,
  volume: tailCandles.volume,
};
export type TailRow = { [Name in keyof typeof TAIL_COLUMNS]: number };

/** Tail rows, ascending. */
export const selectTail = (orm: Queries, where: SQL | undefined) =>
  orm.select(TAIL_COLUMNS).from(tailCandles).where(where).orderBy(asc(tailCandles.openTimeMs));

/** Tail rows as columns. */
export const tailToCandles = (rows: readonly TailRow[]): CandleColumns =>
  Candles.fromRows(rows.map((row): CandleRow => [row.openTimeMs, row.open, row.high, row.low, row.close, row.volume]));
