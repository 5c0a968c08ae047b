import { setImmediate as otherWork } from 'node:timers/promises';
import type { CandleColumns, SeriesKey } from '@wickworks/core';
import type { AppendOutcome, CandleStore, Correction } from '../ports.js';
import { viewOf } from './chunk.js';

/** Some fifty milliseconds' worth: whoever else uses the store waits no longer. */
const PIECE_CANDLES = 50_000;

/**
 * Stores the candles of a file, ascending, in pieces, so that others have their turn. Broken off by a fault of the
 * database, the pieces written stand, and the same import goes on from there.
 */
export async function importCandles(
  store: CandleStore,
  key: SeriesKey,
  candles: CandleColumns,
  nowMs: number,
): Promise<AppendOutcome> {
  let [added, unchanged] = [0, 0];
  const corrections: Correction[] = [];
  for (let from = 0; from < candles.length; from += PIECE_CANDLES) {
    const piece = viewOf(candles, from, Math.min(candles.length, from + PIECE_CANDLES));
    const outcome = await store.append(key, piece, 'import', nowMs);
    added += outcome.added;
    unchanged += outcome.unchanged;
    for (const correction of outcome.corrections) corrections.push(correction);
    await otherWork();
  }
  return { added, unchanged, corrections };
}
