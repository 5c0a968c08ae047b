import { lowerBound, type CandleColumns } from '@wickworks/core';
import type { RunInput } from '../runner/run.js';
import { closedBy } from './time-cuts.js';

const PRICES = ['open', 'high', 'low', 'close'] as const;

/**
 * Runs `work` while every candle that had not closed by `timeMs` holds another future, then puts the true one back.
 * In place, because a strategy that kept a reference to the very columns would not notice a changed copy; nothing
 * else can look meanwhile, the engine is synchronous. Columns in shared memory could be seen by others and are left
 * alone: then `work` does not run and null is returned.
 */
export function withChangedFuture<T>(input: RunInput, timeMs: number, work: () => T): T | null {
  const parts: { candles: CandleColumns; from: number }[] = [];
  for (const { candles, detail } of input.markets) {
    parts.push({ candles, from: closedBy(candles, input.timeframe, timeMs) });
    if (detail) parts.push({ candles: detail, from: lowerBound(detail, timeMs) });
  }
  if (parts.some(({ candles }) => candles.close.buffer[Symbol.toStringTag] === 'SharedArrayBuffer')) return null;
  // Two markets may share columns: each column is changed once.
  const saved = new Map<Float64Array, { from: number; values: Float64Array }>();
  for (const { candles, from } of parts)
    for (const name of [...PRICES, 'volume'] as const)
      if (!saved.has(candles[name]))
        saved.set(candles[name], { from, values: candles[name].slice(from, candles.length) });
  try {
    for (const { candles, from } of parts)
      for (const name of [...PRICES, 'volume'] as const) change(candles[name], saved.get(candles[name])!.values, from);
    return work();
  } finally {
    for (const [column, { from, values }] of saved) column.set(values, from);
  }
}

/** Every price and volume by the same factor within a candle, so that it stays a candle; factors differ by candle. */
function change(column: Float64Array, values: Float64Array, from: number): void {
  for (let i = 0; i < values.length; i++) column[from + i] = values[i]! * (i % 2 === 0 ? 1.75 : 0.625);
}
