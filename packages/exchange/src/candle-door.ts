import { candleFault, MS_PER_DAY, openTimeAt, sameCandle, type CandleRow, type Timeframe } from '@wickworks/core';
import { z } from 'zod';
import { failure, RefusedAnswer } from './failure.js';

/** A candle further ahead of the exchange's own clock is no candle; its clock may be wrong by hours, not by days. */
const AHEAD_MS = MS_PER_DAY;

/** CCXT's candles; a missing or non-finite number makes the whole answer unusable. */
export const CandleRows = z.array(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]));

/**
 * What an exchange answered as candles, ascending, each open time once. One row that cannot be a candle, or two that
 * contradict each other, make the answer unusable: left out, it would look like a hole, kept, like a price. Throws
 * {@link RefusedAnswer}: retryable, since the next answer may be sound, unless the exchange counts its candles from
 * other times of day than everybody else.
 */
export function readCandles(
  raw: unknown,
  asked: { readonly symbol: string; readonly timeframe: Timeframe; readonly exchangeTimeMs: number },
): CandleRow[] {
  const { symbol, timeframe, exchangeTimeMs } = asked;
  const refuse = (what: string): never => {
    throw new RefusedAnswer(failure('unavailable', `damaged answer to ${symbol} ${timeframe}: ${what}`, true));
  };
  const parsed = CandleRows.safeParse(raw);
  if (!parsed.success)
    return refuse(`a row is not six numbers (${z.prettifyError(parsed.error).split('\n')[1] ?? ''})`);
  const rows: CandleRow[] = [];
  for (const row of parsed.data.sort((a, b) => a[0] - b[0])) {
    const fault = candleFault(row);
    if (fault !== null) refuse(`${fault} at ${row[0]}`);
    if (row[0] > exchangeTimeMs + AHEAD_MS) refuse(`a candle of the future at ${row[0]}`);
    const last = rows.at(-1);
    if (last?.[0] !== row[0]) rows.push(row);
    else if (!sameCandle(last, row)) refuse(`two different candles at ${row[0]}`);
  }
  const shifted = rows.filter(([openMs]) => openTimeAt(timeframe, openMs) !== openMs);
  if (shifted.length > 1 && shifted.length === rows.length) {
    const message = `the ${timeframe} candles of this exchange do not begin at whole ${timeframe} UTC`;
    throw new RefusedAnswer(failure('unsupported', message, false));
  }
  if (shifted.length > 0) refuse(`${shifted[0]?.[0]} is no open time`);
  return rows;
}
