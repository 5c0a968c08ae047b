import { Candles, type CandleColumns, type Timeframe } from '@wickworks/core';
import { decodeCandles, encodeCandles } from '../codec/candle-codec.js';
import { decodeTimes, encodeTimes } from '../codec/time-runs.js';
import type { chunks } from '../schema.js';
import { digestOf } from './content-hash.js';
import type { WindowPart } from './window.js';

export type ChunkRow = typeof chunks.$inferSelect;
export type NewChunkRow = typeof chunks.$inferInsert;

/** One window's candles as a row. */
export function toChunkRow(
  seriesId: number,
  timeframe: Timeframe,
  candles: CandleColumns,
  part: WindowPart,
): NewChunkRow {
  const count = part.to - part.from;
  const own = viewOf(candles, part.from, part.to);
  return {
    seriesId,
    window: part.window,
    fromMs: own.time[0]!,
    toMs: own.time[count - 1]!,
    candles: count,
    digest: digestOf(own),
    times: Buffer.from(encodeTimes(own.time, count, timeframe)),
    block: Buffer.from(encodeCandles(own, count)),
  };
}

/** The chunk's candles, written to `out` from index `at`, which must have room; throws when the chunk is damaged. */
export function readChunkInto(
  chunk: Pick<ChunkRow, 'candles' | 'times' | 'block'>,
  timeframe: Timeframe,
  out: CandleColumns,
  at: number,
): void {
  const own = viewOf(out, at, at + chunk.candles);
  decodeTimes(chunk.times, timeframe, own.time, chunk.candles);
  decodeCandles(chunk.block, own, chunk.candles);
}

/** The chunk's candles alone. */
export function readChunk(chunk: Pick<ChunkRow, 'candles' | 'times' | 'block'>, timeframe: Timeframe): CandleColumns {
  const candles = roomFor(chunk.candles);
  readChunkInto(chunk, timeframe, candles, 0);
  return candles;
}

/** Columns of exactly `count` candles, to be filled. */
export const roomFor = (count: number): CandleColumns => ({
  length: count,
  time: new Float64Array(count),
  open: new Float64Array(count),
  high: new Float64Array(count),
  low: new Float64Array(count),
  close: new Float64Array(count),
  volume: new Float64Array(count),
});

/** Candles `[from, to)` without copying. */
export const viewOf = (candles: CandleColumns, from: number, to: number): Candles =>
  Candles.wrap(
    {
      time: candles.time.subarray(from, to),
      open: candles.open.subarray(from, to),
      high: candles.high.subarray(from, to),
      low: candles.low.subarray(from, to),
      close: candles.close.subarray(from, to),
      volume: candles.volume.subarray(from, to),
    },
    to - from,
  );
