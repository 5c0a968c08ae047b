import { Candles, copyColumns, rowAt, sameCandle, type CandleColumns, type CandleRow } from '@wickworks/core';

export interface Merged {
  readonly candles: CandleColumns;
  readonly added: number;
  readonly unchanged: number;
  /** Candles that were there with other values, ascending. */
  readonly changed: readonly { readonly previous: CandleRow; readonly candle: CandleRow }[];
}

/** `stored` and `incoming` (both ascending) as one; where both have a candle, the incoming one holds. O(n + m). */
export function mergeCandles(stored: CandleColumns, incoming: CandleColumns): Merged {
  if (stored.length === 0) return { candles: incoming, added: incoming.length, unchanged: 0, changed: [] };
  const candles = new Candles(stored.length + incoming.length);
  const changed: { previous: CandleRow; candle: CandleRow }[] = [];
  let unchanged = 0;
  let s = 0;
  let i = 0;
  while (s < stored.length || i < incoming.length) {
    const storedMs = s < stored.length ? stored.time[s]! : Infinity;
    const incomingMs = i < incoming.length ? incoming.time[i]! : Infinity;
    if (storedMs < incomingMs) {
      candles.push(rowAt(stored, s++));
      continue;
    }
    const candle = rowAt(incoming, i++);
    candles.push(candle);
    if (storedMs > incomingMs) continue;
    const previous = rowAt(stored, s++);
    if (sameCandle(previous, candle)) unchanged++;
    else changed.push({ previous, candle });
  }
  return { candles, added: candles.length - stored.length, unchanged, changed };
}

/** `earlier` followed by `later`, which opens behind it. */
export function concatCandles(earlier: CandleColumns, later: CandleColumns): CandleColumns {
  if (earlier.length === 0) return later;
  if (later.length === 0) return earlier;
  const candles = copyColumns(earlier);
  for (let index = 0; index < later.length; index++) candles.push(rowAt(later, index));
  return candles;
}
