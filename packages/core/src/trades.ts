import { assert } from './assert.js';
import type { Gap } from './candle.js';
import { lowerBound } from './candle-columns.js';

/** Read-only view of public trades as columns, in the order in which they happened; buffers may be longer. */
export interface TradeColumns {
  readonly length: number;
  /** ms UTC; several trades may share a millisecond. */
  readonly time: Float64Array;
  /** Quote. */
  readonly price: Float64Array;
  /** Base units. */
  readonly quantity: Float64Array;
}

/** Trades with the stretches of time they are complete for. */
export interface TradeTape {
  readonly trades: TradeColumns;
  /** `[fromMs, toMs)`, ascending, neither touching nor overlapping: every trade of these times is there, and no other. */
  readonly covered: readonly Gap[];
}

/** The tape of `[fromMs, toMs)` alone; its columns are views of the same memory. */
export function cutTape({ trades, covered }: TradeTape, fromMs: number, toMs: number): TradeTape {
  const from = lowerBound(trades, fromMs);
  const to = Math.max(from, lowerBound(trades, toMs));
  return {
    trades: {
      length: to - from,
      time: trades.time.subarray(from, to),
      price: trades.price.subarray(from, to),
      quantity: trades.quantity.subarray(from, to),
    },
    covered: cutRanges(covered, fromMs, toMs),
  };
}

/** What of ascending ranges lies in `[fromMs, toMs)`. */
export const cutRanges = (ranges: readonly Gap[], fromMs: number, toMs: number): Gap[] =>
  ranges
    .map(([start, end]): Gap => [Math.max(start, fromMs), Math.min(end, toMs)])
    .filter(([start, end]) => start < end);

/** Why these are no tape, or null: times must not fall, numbers be sound, ranges rise, each trade lie within one. */
export function tapeFault({ trades, covered }: TradeTape): string | null {
  for (let i = 0; i < covered.length; i++) {
    const [fromMs, toMs] = covered[i]!;
    if (!(fromMs < toMs && (i === 0 || fromMs > covered[i - 1]![1]))) return `range ${String(i)} does not rise`;
  }
  const { time, price, quantity, length } = trades;
  assert(time.length >= length && price.length >= length && quantity.length >= length, 'columns hold all trades');
  let range = 0;
  for (let i = 0; i < length; i++) {
    const timeMs = time[i]!;
    if (!Number.isSafeInteger(timeMs)) return `trade ${String(i)}: time is not a whole number of milliseconds`;
    if (i > 0 && timeMs < time[i - 1]!) return `trade ${String(i)}: time falls`;
    if (!(price[i]! > 0 && price[i]! < Infinity)) return `trade ${String(i)}: price is not a positive number`;
    if (!(quantity[i]! > 0 && quantity[i]! < Infinity)) return `trade ${String(i)}: quantity is not a positive number`;
    while (range < covered.length && covered[range]![1] <= timeMs) range++;
    if (range === covered.length || timeMs < covered[range]![0]) return `trade ${String(i)}: lies in no covered range`;
  }
  return null;
}
