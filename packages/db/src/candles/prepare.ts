import {
  assert,
  candleFault,
  Candles,
  openTimeAt,
  rowAt,
  seriesId,
  type CandleColumns,
  type CandleRow,
  type SeriesKey,
} from '@wickworks/core';

/** Why `row` cannot be stored in a series of this timeframe, or `null`. */
export function storableFault(row: CandleRow, timeframe: SeriesKey['timeframe']): string | null {
  const fault = candleFault(row);
  if (fault !== null) return fault;
  return openTimeAt(timeframe, row[0]) === row[0] ? null : `time is not an open time of ${timeframe}`;
}

/**
 * `input` as ascending columns without repetition; of several candles with one open time the last given holds.
 * Throws when a candle is unsound: whoever stores has checked it at the door.
 */
export function prepareCandles(key: SeriesKey, input: readonly CandleRow[] | CandleColumns): CandleColumns {
  const count = input.length;
  const rowOf = Array.isArray(input)
    ? (index: number): CandleRow => (input as readonly CandleRow[])[index]!
    : (index: number): CandleRow => rowAt(input as CandleColumns, index);
  const candles = new Candles(count);
  let ascending = true;
  let previous = -1;
  for (let index = 0; index < count && ascending; index++) {
    ascending = rowOf(index)[0] > previous;
    previous = rowOf(index)[0];
  }
  const order = ascending ? null : ascendingOrder(count, rowOf);
  for (let k = 0; k < count; k++) {
    const row = rowOf(order === null ? k : order[k]!);
    const fault = storableFault(row, key.timeframe);
    assert(fault === null, `candle ${row[0]} of ${seriesId(key)} can be stored: ${fault}`);
    // -0 is not kept by SQLite and means nothing in a volume.
    const stored: CandleRow = Object.is(row[5], -0) ? [row[0], row[1], row[2], row[3], row[4], 0] : row;
    if (candles.length > 0 && candles.time[candles.length - 1] === row[0]) candles.set(candles.length - 1, stored);
    else candles.push(stored);
  }
  return candles;
}

/** Positions by open time, equal ones in the order given. */
function ascendingOrder(count: number, rowOf: (index: number) => CandleRow): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  return order.sort((a, b) => rowOf(a)[0] - rowOf(b)[0] || a - b);
}
