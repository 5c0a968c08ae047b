import type { Timeframe } from './timeframe.js';

/** One candle: `[openTimeMs, open, high, low, close, volume]`; prices in quote, volume in base units. */
export type CandleRow = readonly [
  openTimeMs: number,
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number,
];

/** Names one candle series: the exchange id (`local`, `binance`), CCXT symbol and timeframe. */
export interface SeriesKey {
  readonly exchange: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/** `exchange symbol timeframe` as one string, fit for a Map key and for reading aloud in a log. */
export const seriesId = (key: SeriesKey): string => `${key.exchange} ${key.symbol} ${key.timeframe}`;

/** A stretch that the source itself lacks: open times in `[fromMs, toMs)`. */
export type Gap = readonly [fromMs: number, toMs: number];

/** Why a row is no candle, naming the field, or `null` when it is sound. */
export function candleFault(row: CandleRow): string | null {
  const [time, open, high, low, close, volume] = row;
  if (!Number.isSafeInteger(time) || time < 0) return 'time is not a whole number of milliseconds';
  if (!(open > 0 && open < Infinity)) return 'open is not a positive number';
  if (!(high > 0 && high < Infinity)) return 'high is not a positive number';
  if (!(low > 0 && low < Infinity)) return 'low is not a positive number';
  if (!(close > 0 && close < Infinity)) return 'close is not a positive number';
  if (!(volume >= 0 && volume < Infinity)) return 'volume is not a number of 0 or more';
  if (high < open || high < close) return 'high is below open or close';
  if (low > open || low > close) return 'low is above open or close';
  return null;
}

/** True when both rows carry the same six numbers. */
export const sameCandle = (a: CandleRow, b: CandleRow): boolean =>
  a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3] && a[4] === b[4] && a[5] === b[5];
