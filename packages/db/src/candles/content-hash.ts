import { createHash } from 'node:crypto';
import type { CandleColumns, Timeframe } from '@wickworks/core';
import { windowParts } from './window.js';

const COLUMNS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

/** What one window of the calendar holds, as a digest. */
export interface WindowDigest {
  readonly window: number;
  readonly digest: Uint8Array;
}

/** SHA-256 over the six columns `[from, to)`, one after the other, as little-endian float64. */
export function digestOf(candles: CandleColumns, from = 0, to = candles.length): Buffer {
  const hash = createHash('sha256');
  for (const name of COLUMNS) {
    const column = candles[name];
    hash.update(new Uint8Array(column.buffer, column.byteOffset + from * 8, (to - from) * 8));
  }
  return hash.digest();
}

/**
 * Content hash of a series: SHA-256 (hex) over the line `wickworks candles 1 TIMEFRAME` and, for every window
 * that holds candles, ascending, its number as little-endian float64 and its digest ({@link digestOf}).
 * Windows are cut by the calendar (window.ts), so how and in which order candles were stored changes nothing.
 */
export function hashOfWindows(timeframe: Timeframe, windows: readonly WindowDigest[]): string {
  const hash = createHash('sha256').update(`wickworks candles 1 ${timeframe}\n`);
  const number = Buffer.alloc(8);
  for (const { window, digest } of windows) {
    number.writeDoubleLE(window);
    hash.update(number).update(digest);
  }
  return hash.digest('hex');
}

/** The content hash that a store holding exactly `candles` (ascending) reports. */
export const contentHashOf = (candles: CandleColumns, timeframe: Timeframe): string =>
  hashOfWindows(
    timeframe,
    windowParts(candles, timeframe).map(({ window, from, to }) => ({ window, digest: digestOf(candles, from, to) })),
  );
