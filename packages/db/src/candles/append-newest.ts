import { sql } from 'drizzle-orm';
import { rowAt, type CandleColumns, type SeriesKey } from '@wickworks/core';
import type { Orm } from '../connection.js';
import { TAIL_CANDLES_MAX } from './append.js';

/** More candles at once are no longer the commonest case, and each needs six of SQLite's variables. */
export const NEWEST_CANDLES_MAX = 64;

/**
 * The short way for the commonest append by far, one or a few candles newer than all others of a known series: two
 * statements, nothing read back. Returns false, having changed nothing, when the case is another one.
 */
export async function appendNewest(orm: Orm, key: SeriesKey, candles: CandleColumns): Promise<boolean> {
  const count = candles.length;
  const firstMs = candles.time[0]!;
  const lastMs = candles.time[count - 1]!;
  // Both statements see the same row: the first does not touch it.
  const fits = sql`exchange = ${key.exchange} AND symbol = ${key.symbol} AND timeframe = ${key.timeframe}
    AND to_ms < ${firstMs} AND tail_candles + ${count} <= ${TAIL_CANDLES_MAX}
    AND NOT EXISTS (SELECT 1 FROM source_gaps WHERE series_id = series.id AND to_ms > ${firstMs})`;
  const rows = Array.from({ length: count }, (_, index) => {
    const [openTimeMs, open, high, low, close, volume] = rowAt(candles, index);
    return sql`(${openTimeMs}, ${open}, ${high}, ${low}, ${close}, ${volume})`;
  });
  const [inserted] = await orm.batch([
    orm.run(sql`INSERT INTO tail_candles (series_id, open_time_ms, open, high, low, close, volume)
      SELECT series.id, news.* FROM series CROSS JOIN (VALUES ${sql.join(rows, sql`, `)}) AS news WHERE ${fits}`),
    orm.run(sql`UPDATE series SET candles = candles + ${count}, tail_candles = tail_candles + ${count},
      to_ms = ${lastMs}, revision = revision + 1 WHERE ${fits}`),
  ]);
  return inserted.rowsAffected === count;
}
