import { createHash } from 'node:crypto';
import type { Gap } from '@wickworks/core';
import type { StoredTrades } from '../ports.js';

const COLUMNS = ['time', 'price', 'quantity', 'side', 'id'] as const;

/** SHA-256 over the five columns, one after the other, as little-endian float64. */
export function tradeDigest(trades: StoredTrades): Buffer {
  const hash = createHash('sha256');
  for (const name of COLUMNS) {
    const column = trades[name];
    hash.update(new Uint8Array(column.buffer, column.byteOffset, trades.length * 8));
  }
  return hash.digest();
}

/**
 * Content hash of a market's trades: SHA-256 (hex) over the line `wickworks trades 1`, for every hour that holds
 * trades, ascending, its number as little-endian float64 and its digest ({@link tradeDigest}), then the covered ranges
 * as little-endian float64. In which pieces the trades came changes nothing.
 */
export function hashOfTrades(
  hours: readonly { readonly window: number; readonly digest: Uint8Array }[],
  covered: readonly Gap[],
): string {
  const hash = createHash('sha256').update('wickworks trades 1\n');
  const number = Buffer.alloc(8);
  const add = (value: number): void => {
    number.writeDoubleLE(value);
    hash.update(number);
  };
  for (const { window, digest } of hours) {
    add(window);
    hash.update(digest);
  }
  for (const edge of covered.flat()) add(edge);
  return hash.digest('hex');
}
