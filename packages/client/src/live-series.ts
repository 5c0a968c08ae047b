import {
  Candles,
  closeTimeOf,
  lowerBound,
  rowAt,
  sameCandle,
  type CandleColumns,
  type CandleRow,
  type Gap,
  type Timeframe,
} from '@wickworks/core';
import { joinColumns, mergeColumns, sliceColumns } from './column-parts.js';

/** The messages that change a series, less their envelope; `ohlcv.subscribe` hands them out. */
export interface SnapshotPart {
  readonly candles: CandleColumns;
  readonly gaps: readonly Gap[];
  readonly forming: boolean;
}

export interface HistoryPart {
  readonly candles: CandleColumns;
  readonly gaps: readonly Gap[];
  readonly complete: boolean;
}

/**
 * One candle series folded from its stream: closed candles in rising order without duplicates and, at the end,
 * perhaps the forming one. From `verifiedFromMs` on, closed candles are exactly the server's; older ones (seeded from
 * a cache, or kept over a loss that the server could not bridge) are shown as they are until history confirms them.
 */
export class LiveSeries {
  readonly timeframe: Timeframe;
  #candles = new Candles();
  #isForming = false;
  #gaps: readonly Gap[] = [];
  #version = 0;
  #prepended = 0;
  #generation = 0;
  #verifiedFromMs: number | null = null;
  #isComplete = false;
  /** News of candles older than `verifiedFromMs`: a history page read just before them must not undo them. */
  readonly #early = new Map<number, CandleRow>();

  constructor(timeframe: Timeframe) {
    this.timeframe = timeframe;
  }

  get candles(): CandleColumns {
    return this.#candles;
  }
  /** True when the last candle is still forming. */
  get forming(): boolean {
    return this.#isForming;
  }
  get closedCount(): number {
    return this.#candles.length - (this.#isForming ? 1 : 0);
  }
  /** Stretches that the source lacks, ascending. */
  get gaps(): readonly Gap[] {
    return this.#gaps;
  }
  /** Rises with every change. */
  get version(): number {
    return this.#version;
  }
  /** Candles put in front of the first one since the start, less those dropped at the front. */
  get prepended(): number {
    return this.#prepended;
  }
  /** Rises when candles other than the last two were changed, inserted or removed in place. */
  get generation(): number {
    return this.#generation;
  }
  /** Open time from which on everything is the server's word; `null` before the first snapshot. */
  get verifiedFromMs(): number | null {
    return this.#verifiedFromMs;
  }
  /** True when the source has nothing older than the first candle. */
  get complete(): boolean {
    return this.#isComplete;
  }

  /**
   * Puts closed candles of an earlier visit in front, as far as they are older than what is held and join it without
   * a hole; `false` when none of them did. They count as unverified.
   */
  seed({ candles, gaps }: Omit<SnapshotPart, 'forming'>): boolean {
    const first = firstTime(this.#candles);
    const allGaps = mergeGaps(this.#gaps, first === undefined ? gaps : gapsBefore(gaps, first));
    const count = first === undefined ? candles.length : lowerBound(candles, first);
    if (count === 0 || (first !== undefined && !this.#joins(candles.time[count - 1]!, first, allGaps))) return false;
    this.#gaps = allGaps;
    this.#replace(joinColumns([sliceColumns(candles, 0, count), this.#candles]));
    this.#version++;
    return true;
  }

  /** Takes the server's newest candles; older ones stay only where they join without a hole. */
  snapshot({ candles, gaps, forming }: SnapshotPart): void {
    const first = firstTime(candles);
    const allGaps = mergeGaps(first === undefined ? [] : gapsBefore(this.#gaps, first), gaps);
    const older = first === undefined ? 0 : this.#joined(lowerBound(this.#closed(), first), first, allGaps);
    this.#gaps = allGaps;
    this.#replace(joinColumns([sliceColumns(this.#candles, 0, older), candles]));
    this.#isForming = forming && candles.length > 0;
    this.#verifiedFromMs = first ?? Infinity;
    this.#isComplete &&= older > 0;
    this.#generation++;
    this.#early.clear();
    this.#version++;
  }

  /** Takes an update of the forming candle, or its final values. */
  candle(row: CandleRow, closed: boolean): void {
    const lastClosed = this.#candles.time[this.closedCount - 1] ?? -Infinity;
    if (row[0] <= lastClosed) {
      if (closed) this.#mergeClosed([row]);
    } else if (closed) {
      this.#appendClosed(row);
    } else {
      const forming = this.#isForming ? this.#candles.at(-1) : undefined;
      if (forming && row[0] < forming[0]) return;
      this.#setForming(row);
    }
    this.#version++;
  }

  /** Takes closed candles that were missed, in any relation to those held; the new values win. */
  backfill(candles: CandleColumns, gaps: readonly Gap[] = []): void {
    const rows: CandleRow[] = [];
    for (let index = 0; index < candles.length; index++) rows.push(rowAt(candles, index));
    const lastClosed = this.#candles.time[this.closedCount - 1] ?? -Infinity;
    if (rows.length > 0 && rows[0]![0] > lastClosed) for (const row of rows) this.#appendClosed(row);
    else if (rows.length > 0) this.#mergeClosed(rows);
    this.#gaps = mergeGaps(this.#gaps, gaps);
    this.#version++;
  }

  /** Takes the new values of a candle that had closed. */
  correction(row: CandleRow): void {
    this.#mergeClosed([row]);
    this.#version++;
  }

  /**
   * Takes the page asked for with `before` = {@link verifiedFromMs}; `false` when the series has moved on since and
   * the page no longer joins (ask again).
   */
  history(page: HistoryPart, before: number): boolean {
    if (before !== this.#verifiedFromMs) return false;
    const fromMs = page.complete ? -Infinity : (firstTime(page.candles) ?? before);
    const start = lowerBound(this.#candles, fromMs);
    const end = lowerBound(this.#candles, before);
    const known = sliceColumns(this.#candles, start, end);
    const early = [...this.#early.values()].filter((row) => row[0] >= fromMs && row[0] < before);
    const wanted = mergeColumns(page.candles, sortedRows(early));
    this.#gaps = mergeGaps(
      this.#gaps.filter(([gapFrom, gapTo]) => gapTo <= fromMs || gapFrom >= before),
      page.gaps,
    );

    const first = firstTime(wanted);
    const older = first === undefined ? start : this.#joined(start, first, this.#gaps);
    const changed = known.length > 0 && !isSuffix(known, wanted);
    this.#replace(
      joinColumns([
        sliceColumns(this.#candles, 0, older),
        wanted,
        sliceColumns(this.#candles, end, this.#candles.length),
      ]),
    );
    if (changed) this.#generation++;
    this.#verifiedFromMs = first ?? before;
    this.#isComplete = page.complete;
    for (const row of early) this.#early.delete(row[0]);
    this.#version++;
    return true;
  }

  #closed(): CandleColumns {
    return sliceColumns(this.#candles, 0, this.closedCount);
  }

  /** `count` when the candle before index `count` joins one opening at `openTimeMs`, else 0. */
  #joined(count: number, openTimeMs: number, gaps: readonly Gap[]): number {
    return count > 0 && this.#joins(this.#candles.time[count - 1]!, openTimeMs, gaps) ? count : 0;
  }

  /** True when nothing is unexplained between a candle and a later one. */
  #joins(earlierMs: number, laterMs: number, gaps: readonly Gap[]): boolean {
    const expected = closeTimeOf(this.timeframe, earlierMs);
    return expected >= laterMs || gaps.some(([fromMs, toMs]) => fromMs <= expected && toMs >= laterMs);
  }

  #setForming(row: CandleRow): void {
    const last = this.#candles.at(-1);
    if (this.#isForming && last?.[0] === row[0]) {
      this.#candles.set(this.#candles.length - 1, row);
      return;
    }
    // A forming candle that never closed is hearsay: its final values arrive as backfill.
    if (this.#isForming) this.#candles.truncate(this.closedCount);
    this.#candles.push(row);
    this.#isForming = true;
    this.#begin(row[0]);
  }

  /** Appends behind the last closed candle; a forming one stays behind it when it is newer. */
  #appendClosed(row: CandleRow): void {
    const forming = this.#takeForming();
    this.#candles.push(row);
    this.#begin(row[0]);
    if (forming && forming[0] > row[0]) this.#setForming(forming);
  }

  #takeForming(): CandleRow | undefined {
    const forming = this.#isForming ? this.#candles.at(-1) : undefined;
    this.#candles.truncate(this.closedCount);
    this.#isForming = false;
    return forming;
  }

  /** The first candle of a series that the server says is empty. */
  #begin(openTimeMs: number): void {
    if (this.#verifiedFromMs === Infinity) this.#verifiedFromMs = openTimeMs;
  }

  /** Replaces and inserts closed candles among those held. */
  #mergeClosed(rows: readonly CandleRow[]): void {
    const from = this.#verifiedFromMs ?? Infinity;
    for (const row of rows) if (row[0] < from) this.#early.set(row[0], row);
    const first = firstTime(this.#candles) ?? Infinity;
    const inside = rows.filter((row) => row[0] >= first);
    if (inside.length === 0) return;
    const untouched = Math.max(0, this.closedCount - 2);
    const touchesOld = lowerBound(this.#candles, inside[0]![0]) < untouched;
    const forming = this.#takeForming();
    const indices = inside.map((row) => this.#indexOf(row[0]));
    if (indices.includes(-1)) this.#candles = mergeColumns(this.#candles, Candles.fromRows(inside));
    else indices.forEach((index, which) => this.#candles.set(index, inside[which]!));
    if (touchesOld) this.#generation++;
    if (forming && forming[0] > (this.#candles.at(-1)?.[0] ?? -Infinity)) this.#setForming(forming);
  }

  /** Index of the candle opening at `openTimeMs`, or -1. */
  #indexOf(openTimeMs: number): number {
    const index = lowerBound(this.#candles, openTimeMs);
    return index < this.#candles.length && this.#candles.time[index] === openTimeMs ? index : -1;
  }

  /** Swaps all columns and keeps `prepended` true to how far a given candle moved. */
  #replace(next: Candles): void {
    const before = this.#candles;
    if (before.length > 0 && next.length > 0)
      this.#prepended += lowerBound(next, before.time[0]!) - lowerBound(before, next.time[0]!);
    this.#candles = next;
  }
}

/** Buffers may be longer than the candles in them, so an empty series has no first value to read. */
const firstTime = (candles: CandleColumns): number | undefined => (candles.length > 0 ? candles.time[0] : undefined);

const sortedRows = (rows: readonly CandleRow[]): Candles => Candles.fromRows(rows.toSorted((a, b) => a[0] - b[0]));

const gapsBefore = (gaps: readonly Gap[], timeMs: number): Gap[] => gaps.filter(([, toMs]) => toMs <= timeMs);

/** Both lists in one, ascending, touching stretches joined. */
function mergeGaps(a: readonly Gap[], b: readonly Gap[]): readonly Gap[] {
  if (b.length === 0) return a;
  const merged: Gap[] = [];
  for (const gap of [...a, ...b].sort((left, right) => left[0] - right[0])) {
    const last = merged.at(-1);
    if (last && gap[0] <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], gap[1])];
    else merged.push(gap);
  }
  return merged;
}

function isSuffix(known: CandleColumns, wanted: CandleColumns): boolean {
  const shift = wanted.length - known.length;
  if (shift < 0) return false;
  for (let index = 0; index < known.length; index++)
    if (!sameCandle(rowAt(known, index), rowAt(wanted, index + shift))) return false;
  return true;
}
