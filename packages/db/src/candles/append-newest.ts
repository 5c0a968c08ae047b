import { sql } from 'drizzle-orm';
import type { CandleRow, SeriesKey } from '@wickworks/core';
import type { Orm } from '../connection.js';
import { TAIL_CANDLES_MAX } from './append.js';

/**
 * The short way for the commonest append by far, one candle newer than all others of a known series: two
 * statements, nothing read back. Returns false, having changed nothing, when the case is another one.
 */
export async function appendNewest(orm: Orm, key: SeriesKey, candle: CandleRow): Promise<boolean> {
  const [openTimeMs, open, high, low, close, volume] = candle;
  // Both statements see the same row: the first does not touch it.
  const fits = sql`exchange = ${key.exchange} AND symbol = ${key.symbol} AND timeframe = ${key.timeframe}
    AND to_ms < ${openTimeMs} AND tail_candles < ${TAIL_CANDLES_MAX}
    AND NOT EXISTS (SELECT 1 FROM source_gaps WHERE series_id = series.id AND to_ms > ${openTimeMs})`;
  const [inserted] = await orm.batch([
    orm.run(sql`INSERT INTO tail_candles (series_id, open_time_ms, open, high, low, close, volume)
      SELECT id, ${openTimeMs}, ${open}, ${high}, ${low}, ${close}, ${volume} FROM series WHERE ${fits}`),
    orm.run(sql`UPDATE series SET candles = candles + 1, tail_candles = tail_candles + 1, to_ms = ${openTimeMs},
      revision = revision + 1 WHERE ${fits}`),
  ]);
  return inserted.rowsAffected === 1;
}
