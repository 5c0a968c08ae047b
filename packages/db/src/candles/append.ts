import { and, eq, sql } from 'drizzle-orm';
import { Candles, lowerBound, rowAt, type CandleColumns, type SeriesKey } from '@wickworks/core';
import type { Transaction } from '../connection.js';
import type { AppendOutcome, CandleOrigin, Correction } from '../ports.js';
import { chunks, corrections, series, tailCandles } from '../schema.js';
import { readChunk, toChunkRow, viewOf } from './chunk.js';
import { concatCandles, mergeCandles, type Merged } from './merge.js';
import { findOrCreateSeries, selectTail, sourceGapsEndMs, tailToCandles, type SeriesRow } from './series-rows.js';
import { cutSourceGaps } from './source-gaps.js';
import { windowParts } from './window.js';

/** Tail rows that may gather before they move into chunks: few enough to read at once, enough to make moves rare. */
export const TAIL_CANDLES_MAX = 512;
/** Rows of one INSERT, far below SQLite's limit on variables. */
const ROWS_PER_INSERT = 1_000;

/** What one append changes, gathered until the series' row is written. */
interface Progress {
  added: number;
  unchanged: number;
  readonly corrections: Correction[];
  readonly origin: CandleOrigin;
  readonly nowMs: number;
}

/** Stores `incoming` (ascending, sound, not empty) inside `transaction`. */
export async function appendCandles(
  transaction: Transaction,
  key: SeriesKey,
  incoming: CandleColumns,
  { origin, nowMs }: { origin: CandleOrigin; nowMs: number },
): Promise<AppendOutcome> {
  const row = await findOrCreateSeries(transaction, key);
  const firstMs = incoming.time[0]!;
  const progress: Progress = { added: 0, unchanged: 0, corrections: [], origin, nowMs };
  const gapsEndMs = await sourceGapsEndMs(transaction, row.id);
  if (gapsEndMs !== null && firstMs < gapsEndMs)
    await cutSourceGaps(transaction, { seriesId: row.id, timeframe: key.timeframe }, incoming);

  const isNews = row.toMs === null || firstMs > row.toMs;
  let totals: Pick<SeriesRow, 'tailCandles' | 'chunkedToMs'>;
  if (isNews && row.tailCandles + incoming.length <= TAIL_CANDLES_MAX) {
    await upsertTail(transaction, row.id, incoming);
    progress.added = incoming.length;
    totals = { tailCandles: row.tailCandles + incoming.length, chunkedToMs: row.chunkedToMs };
  } else {
    totals = await mergeEverywhere(transaction, { key, row, incoming, progress });
  }
  await recordCorrections(transaction, row.id, progress.corrections);
  const { added, unchanged } = progress;
  if (added > 0 || progress.corrections.length > 0) {
    const lastMs = incoming.time[incoming.length - 1]!;
    await transaction
      .update(series)
      .set({
        ...totals,
        candles: row.candles + added,
        fromMs: Math.min(row.fromMs ?? Infinity, firstMs),
        toMs: Math.max(row.toMs ?? -Infinity, lastMs),
        corrections: row.corrections + progress.corrections.length,
        revision: row.revision + 1,
      })
      .where(eq(series.id, row.id));
  }
  return { added, unchanged, corrections: progress.corrections };
}

/** The general case: what opens before the end of the chunks belongs to chunks, the rest to the tail, which moves when full. */
async function mergeEverywhere(
  transaction: Transaction,
  { key, row, incoming, progress }: { key: SeriesKey; row: SeriesRow; incoming: CandleColumns; progress: Progress },
): Promise<Pick<SeriesRow, 'tailCandles' | 'chunkedToMs'>> {
  const split = row.chunkedToMs === null ? 0 : lowerBound(incoming, row.chunkedToMs + 1);
  if (split > 0) await mergeIntoChunks(transaction, { key, row, incoming: viewOf(incoming, 0, split), progress });
  if (split === incoming.length) return { tailCandles: row.tailCandles, chunkedToMs: row.chunkedToMs };

  const recent = viewOf(incoming, split, incoming.length);
  const tail = row.tailCandles === 0 ? new Candles() : await readTail(transaction, row.id);
  const merged = mergeCandles(tail, recent);
  tally(progress, merged);
  if (merged.candles.length <= TAIL_CANDLES_MAX) {
    await upsertTail(transaction, row.id, recent);
    return { tailCandles: merged.candles.length, chunkedToMs: row.chunkedToMs };
  }
  await transaction.delete(tailCandles).where(eq(tailCandles.seriesId, row.id));
  await addToChunks(transaction, { key, row, later: merged.candles });
  return { tailCandles: 0, chunkedToMs: merged.candles.time[merged.candles.length - 1]! };
}

/** Candles among or before those already in chunks. */
async function mergeIntoChunks(
  transaction: Transaction,
  { key, row, incoming, progress }: { key: SeriesKey; row: SeriesRow; incoming: CandleColumns; progress: Progress },
): Promise<void> {
  for (const part of windowParts(incoming, key.timeframe)) {
    const stored = await readWindow(transaction, key, row.id, part.window);
    const merged = mergeCandles(stored, viewOf(incoming, part.from, part.to));
    tally(progress, merged);
    if (merged.added > 0 || merged.changed.length > 0)
      await writeWindow(transaction, key, row.id, part.window, merged.candles);
  }
}

/** Candles that all open after those in chunks; at most the first of their windows exists already. */
async function addToChunks(
  transaction: Transaction,
  { key, row, later }: { key: SeriesKey; row: SeriesRow; later: CandleColumns },
): Promise<void> {
  for (const [index, part] of windowParts(later, key.timeframe).entries()) {
    const own = viewOf(later, part.from, part.to);
    const mayExist = index === 0 && row.chunkedToMs !== null;
    const stored = mayExist ? await readWindow(transaction, key, row.id, part.window) : new Candles();
    await writeWindow(transaction, key, row.id, part.window, concatCandles(stored, own));
  }
}

async function readTail(transaction: Transaction, seriesId: number): Promise<CandleColumns> {
  return tailToCandles(await selectTail(transaction, eq(tailCandles.seriesId, seriesId)));
}

async function readWindow(
  transaction: Transaction,
  key: SeriesKey,
  seriesId: number,
  window: number,
): Promise<CandleColumns> {
  const [chunk] = await transaction
    .select()
    .from(chunks)
    .where(and(eq(chunks.seriesId, seriesId), eq(chunks.window, window)));
  return chunk === undefined ? new Candles() : readChunk(chunk, key.timeframe);
}

async function writeWindow(
  transaction: Transaction,
  key: SeriesKey,
  seriesId: number,
  window: number,
  candles: CandleColumns,
): Promise<void> {
  const chunk = toChunkRow(seriesId, key.timeframe, candles, { window, from: 0, to: candles.length });
  await transaction
    .insert(chunks)
    .values(chunk)
    .onConflictDoUpdate({ target: [chunks.seriesId, chunks.window], set: chunk });
}

async function upsertTail(transaction: Transaction, seriesId: number, candles: CandleColumns): Promise<void> {
  const rows = Array.from({ length: candles.length }, (_, index) => {
    const [openTimeMs, open, high, low, close, volume] = rowAt(candles, index);
    return { seriesId, openTimeMs, open, high, low, close, volume };
  });
  await transaction
    .insert(tailCandles)
    .values(rows)
    .onConflictDoUpdate({
      target: [tailCandles.seriesId, tailCandles.openTimeMs],
      set: {
        open: sql`excluded.open`,
        high: sql`excluded.high`,
        low: sql`excluded.low`,
        close: sql`excluded.close`,
        volume: sql`excluded.volume`,
      },
    });
}

function tally(progress: Progress, merged: Merged): void {
  progress.added += merged.added;
  progress.unchanged += merged.unchanged;
  for (const { previous, candle } of merged.changed)
    progress.corrections.push({
      openTimeMs: candle[0],
      previous,
      candle,
      seenAtMs: progress.nowMs,
      origin: progress.origin,
    });
}

async function recordCorrections(
  transaction: Transaction,
  seriesId: number,
  found: readonly Correction[],
): Promise<void> {
  for (let from = 0; from < found.length; from += ROWS_PER_INSERT) {
    const rows = found
      .slice(from, from + ROWS_PER_INSERT)
      .map(({ previous, candle, openTimeMs, seenAtMs, origin }) => ({
        seriesId,
        openTimeMs,
        seenAtMs,
        origin,
        previousOpen: previous[1],
        previousHigh: previous[2],
        previousLow: previous[3],
        previousClose: previous[4],
        previousVolume: previous[5],
        open: candle[1],
        high: candle[2],
        low: candle[3],
        close: candle[4],
        volume: candle[5],
      }));
    await transaction.insert(corrections).values(rows);
  }
}
