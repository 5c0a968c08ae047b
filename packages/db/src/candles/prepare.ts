import {
  assert,
  candleFault,
  Candles,
  copyColumns,
  openTimeAt,
  rowAt,
  seriesId,
  type CandleColumns,
  type CandleRow,
  type SeriesKey,
} from '@wickworks/core';
import { roomFor } from './chunk.js';

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
  const room = roomFor(input.length);
  const rowOf = isRows(input) ? (index: number) => input[index]! : (index: number) => rowAt(input, index);
  let ascending = true;
  let previousMs = -1;
  for (let index = 0; index < room.length; index++) {
    const row = rowOf(index);
    const fault = storableFault(row, key.timeframe);
    if (fault !== null) assert(false, `candle ${row[0]} of ${seriesId(key)} can be stored: ${fault}`);
    const openTimeMs = row[0];
    if (openTimeMs <= previousMs) ascending = false;
    previousMs = openTimeMs;
    room.time[index] = openTimeMs;
    room.open[index] = row[1];
    room.high[index] = row[2];
    room.low[index] = row[3];
    room.close[index] = row[4];
    room.volume[index] = row[5] + 0; // -0 becomes 0: SQLite does not keep it, and a volume has no use for it
  }
  return ascending ? room : sorted(room);
}

const isRows = (input: readonly CandleRow[] | CandleColumns): input is readonly CandleRow[] => Array.isArray(input);

function sorted(candles: CandleColumns): CandleColumns {
  const order = Uint32Array.from({ length: candles.length }, (_, index) => index);
  order.sort((a, b) => candles.time[a]! - candles.time[b]! || a - b);
  const result = new Candles(candles.length);
  for (const index of order) {
    const row = rowAt(candles, index);
    if (result.length > 0 && result.time[result.length - 1] === row[0]) result.set(result.length - 1, row);
    else result.push(row);
  }
  return copyColumns(result);
}
