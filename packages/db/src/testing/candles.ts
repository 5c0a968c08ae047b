import type { CandleRow, SeriesKey } from '@wickworks/core';

export const KEY: SeriesKey = { exchange: 'local', symbol: 'BTC/USDT', timeframe: '1m' };
export const START_MS = 1_700_000_040_000;
export const MINUTE_MS = 60_000;

/** A sound candle whose values depend on its open time and `version` alone. */
export function candleAt(openTimeMs: number, version = 0): CandleRow {
  const noise = (salt: number): number =>
    ((Math.trunc(openTimeMs / 1_000) * 31 + salt * 7_919 + version * 13) % 997) / 100;
  const open = 100 + noise(1);
  const close = 100 + noise(2);
  return [openTimeMs, open, Math.max(open, close) + noise(3), Math.min(open, close) - noise(4), close, noise(5) * 3.7];
}

/** `count` consecutive minutes, the first `from` minutes after {@link START_MS}. */
export const minutes = (from: number, count: number): CandleRow[] =>
  Array.from({ length: count }, (_, index) => candleAt(START_MS + (from + index) * MINUTE_MS));
