import { Candles, rowAt, type CandleColumns } from '@wickworks/core';

/** Room left behind joined columns, so that live candles do not copy everything at once. */
const SPARE = 256;

/** A view of candles `[from, to)`; shares the buffers. */
export const sliceColumns = (candles: CandleColumns, from: number, to: number): CandleColumns => ({
  length: to - from,
  time: candles.time.subarray(from, to),
  open: candles.open.subarray(from, to),
  high: candles.high.subarray(from, to),
  low: candles.low.subarray(from, to),
  close: candles.close.subarray(from, to),
  volume: candles.volume.subarray(from, to),
});

/** A copy of `parts` one behind the other; their open times must rise from part to part. */
export function joinColumns(parts: readonly CandleColumns[]): Candles {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const join = (pick: (part: CandleColumns) => Float64Array): Float64Array => {
    const column = new Float64Array(length + SPARE);
    let offset = 0;
    for (const part of parts) {
      column.set(pick(part).subarray(0, part.length), offset);
      offset += part.length;
    }
    return column;
  };
  return Candles.wrap(
    {
      time: join((part) => part.time),
      open: join((part) => part.open),
      high: join((part) => part.high),
      low: join((part) => part.low),
      close: join((part) => part.close),
      volume: join((part) => part.volume),
    },
    length,
  );
}

/** Both in one, by open time; where both hold a candle, that of `newer` counts. */
export function mergeColumns(older: CandleColumns, newer: CandleColumns): Candles {
  const merged = new Candles(older.length + newer.length + SPARE);
  let a = 0;
  let b = 0;
  while (a < older.length || b < newer.length) {
    const timeA = a < older.length ? older.time[a]! : Infinity;
    const timeB = b < newer.length ? newer.time[b]! : Infinity;
    merged.push(timeB <= timeA ? rowAt(newer, b) : rowAt(older, a));
    if (timeA <= timeB) a++;
    if (timeB <= timeA) b++;
  }
  return merged;
}
