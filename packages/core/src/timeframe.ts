import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND, MS_PER_WEEK } from './time.js';

/** Candle widths in CCXT's unified spelling, narrowest first. `1M` is a calendar month. */
export const TIMEFRAMES = [
  '1s',
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '3d',
  '1w',
  '1M',
] as const;

export type Timeframe = (typeof TIMEFRAMES)[number];

const FIXED_MS: Readonly<Record<Exclude<Timeframe, '1M'>, number>> = {
  '1s': MS_PER_SECOND,
  '1m': MS_PER_MINUTE,
  '3m': 3 * MS_PER_MINUTE,
  '5m': 5 * MS_PER_MINUTE,
  '15m': 15 * MS_PER_MINUTE,
  '30m': 30 * MS_PER_MINUTE,
  '1h': MS_PER_HOUR,
  '2h': 2 * MS_PER_HOUR,
  '4h': 4 * MS_PER_HOUR,
  '6h': 6 * MS_PER_HOUR,
  '8h': 8 * MS_PER_HOUR,
  '12h': 12 * MS_PER_HOUR,
  '1d': MS_PER_DAY,
  '3d': 3 * MS_PER_DAY,
  '1w': MS_PER_WEEK,
};

/** 1970-01-05T00:00Z, the first Monday: weeks are counted from here. */
const FIRST_MONDAY_MS = 4 * MS_PER_DAY;

/** True when `text` is one of {@link TIMEFRAMES}. */
export const isTimeframe = (text: string): text is Timeframe => (TIMEFRAMES as readonly string[]).includes(text);

/** Width in ms; a month counts as 30 days (for cadences and estimates, never for open times). */
export const timeframeMs = (timeframe: Timeframe): number =>
  timeframe === '1M' ? 30 * MS_PER_DAY : FIXED_MS[timeframe];

/**
 * Open time (ms UTC) of the candle that contains `timeMs`. Weeks start on Monday, months on the
 * first of the calendar month, 3-day candles count from the epoch, all in UTC, as Binance does.
 */
export function openTimeAt(timeframe: Timeframe, timeMs: number): number {
  if (timeframe === '1M') {
    const date = new Date(timeMs);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
  const width = FIXED_MS[timeframe];
  const origin = timeframe === '1w' ? FIRST_MONDAY_MS : 0;
  return Math.floor((timeMs - origin) / width) * width + origin;
}

/** Open time of the candle `count` candles after (or, negative, before) the one opening at `openTimeMs`. */
export function shiftOpenTime(timeframe: Timeframe, openTimeMs: number, count: number): number {
  if (timeframe === '1M') {
    const date = new Date(openTimeMs);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count, 1);
  }
  return openTimeMs + count * FIXED_MS[timeframe];
}

/** Open time of the next candle, which is also the moment this one closes. */
export const closeTimeOf = (timeframe: Timeframe, openTimeMs: number): number =>
  shiftOpenTime(timeframe, openTimeMs, 1);

/** How many candles open in `[fromMs, toMs)`, both being open times of `timeframe`. */
export function candlesBetween(timeframe: Timeframe, fromMs: number, toMs: number): number {
  if (timeframe === '1M') {
    const from = new Date(fromMs);
    const to = new Date(toMs);
    return (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  }
  return Math.round((toMs - fromMs) / FIXED_MS[timeframe]);
}

/** True when candles of `narrow` tile candles of `wide` exactly, so that `wide` can be built from them. */
export function tiles(narrow: Timeframe, wide: Timeframe): boolean {
  if (narrow === wide) return true;
  if (narrow === '1M' || narrow === '1w') return false;
  if (wide === '1M') return MS_PER_DAY % FIXED_MS[narrow] === 0;
  if (narrow === '3d') return false;
  return FIXED_MS[wide] % FIXED_MS[narrow] === 0;
}
