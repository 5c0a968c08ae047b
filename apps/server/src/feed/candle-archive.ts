import {
  candlesBetween,
  closeTimeOf,
  findGaps,
  ok,
  openTimeAt,
  shiftOpenTime,
  type CandleColumns,
  type Candles,
  type Gap,
  type Result,
  type SeriesKey,
} from '@wickworks/core';
import type { CandleStore } from '@wickworks/db';
import type { ExchangeFailure } from '@wickworks/exchange';
import { serially } from './serially.js';
import type { SeriesSource } from './series-source.js';

/** Closed candles of the past: what was found, what the source lacks, and whether anything older exists. */
export interface ArchivePage {
  readonly candles: Candles;
  readonly gaps: readonly Gap[];
  /** True when nothing older than `candles` exists at the source. */
  readonly complete: boolean;
}

/** A missing newest candle may simply not be published yet: gaps this near to the present are not kept on record. */
const UNSETTLED_CANDLES = 3;
/** So many empty answers in a row, and the rest of a hole is left for the next time: an imported past may lie decades back. */
const EMPTY_PAGES_MAX = 100;

/** The past of one series: the store first, and from the source whatever the store lacks, stored as it comes. */
export class CandleArchive {
  readonly #key: SeriesKey;
  readonly #store: CandleStore;
  readonly #source: SeriesSource;
  readonly #nowMs: () => number;
  readonly #oneByOne = serially();
  /** The source was asked for candles before this and had none. */
  #nothingBeforeMs = -1;

  constructor(input: { key: SeriesKey; store: CandleStore; source: SeriesSource; nowMs: () => number }) {
    this.#key = input.key;
    this.#store = input.store;
    this.#source = input.source;
    this.#nowMs = input.nowMs;
  }

  /**
   * The newest `limit` closed candles opening before `beforeMs`, ascending. The caller keeps `beforeMs` at or below
   * the exchange's present. Holes in the store are filled from the source first; those it lacks too are `gaps`.
   */
  before(beforeMs: number, limit: number): Promise<Result<ArchivePage, ExchangeFailure>> {
    return this.#oneByOne(() => this.#before(beforeMs, limit));
  }

  /** Like {@link before} from the store alone: cut where the first hole begins that nobody asked the source about. */
  async storedBefore(beforeMs: number, limit: number): Promise<ArchivePage> {
    const untilMs = this.#openTimeFrom(beforeMs);
    const candles = await this.#store.readBefore(this.#key, untilMs, limit);
    const hole = await this.#newestHole(candles, untilMs, Number.POSITIVE_INFINITY, []);
    const first = hole ? candles.time.subarray(0, candles.length).findIndex((time) => time >= hole[1]) : 0;
    candles.dropFirst(first === -1 ? candles.length : first);
    return { candles, gaps: this.#gapsOf(candles, untilMs), complete: false };
  }

  async #before(beforeMs: number, limit: number): Promise<Result<ArchivePage, ExchangeFailure>> {
    const untilMs = this.#openTimeFrom(beforeMs);
    const unsettled: Gap[] = [];
    let emptyPages = 0;
    for (;;) {
      const candles = await this.#store.readBefore(this.#key, untilMs, limit);
      const hole = await this.#newestHole(candles, untilMs, limit, unsettled);
      if (!hole) {
        const complete = candles.length < limit || candles.time[0]! <= this.#nothingBeforeMs;
        return ok({ candles, gaps: this.#gapsOf(candles, untilMs), complete });
      }
      const filled = await this.#fill(hole, unsettled);
      if (!filled.ok) return filled;
      emptyPages = filled.value ? 0 : emptyPages + 1;
      if (emptyPages === EMPTY_PAGES_MAX) {
        unsettled.push(hole);
        emptyPages = 0;
      }
    }
  }

  /** The newest stretch that neither holds candles nor is known to be empty at the source. */
  async #newestHole(
    candles: CandleColumns,
    untilMs: number,
    limit: number,
    unsettled: readonly Gap[],
  ): Promise<Gap | undefined> {
    const holes: Gap[] = findGaps(candles, this.#key.timeframe);
    const firstMs = candles.length > 0 ? candles.time[0]! : untilMs;
    const endMs = candles.length > 0 ? closeTimeOf(this.#key.timeframe, candles.time[candles.length - 1]!) : untilMs;
    if (endMs < untilMs) holes.push([endMs, untilMs]);
    if (candles.length < limit && limit !== Number.POSITIVE_INFINITY && firstMs > this.#nothingBeforeMs)
      holes.unshift([0, firstMs]);
    if (holes.length === 0) return undefined;
    const known = await this.#store.sourceGaps(this.#key, holes[0]![0], untilMs);
    const open = holes.flatMap((hole) => subtractGaps(hole, [...known, ...unsettled]));
    return open.at(-1);
  }

  /** Asks the source for the end of `hole`; whether it had anything there. */
  async #fill(hole: Gap, unsettled: Gap[]): Promise<Result<boolean, ExchangeFailure>> {
    const { timeframe } = this.#key;
    const [fromMs, toMs] = hole;
    const pageCandles = this.#source.pageCandles;
    // The stretch before the first stored candle is asked for in whole pages: who scrolls back goes on.
    const limit = fromMs === 0 ? pageCandles : Math.min(pageCandles, candlesBetween(timeframe, fromMs, toMs));
    const page = await this.#source.page({ untilMs: toMs, limit });
    if (!page.ok) return page;
    const rows = page.value.closed.filter((row) => row[0] < toMs);
    if (rows.length > 0) await this.#store.append(this.#key, rows, this.#source.origin, this.#nowMs());
    if (rows.length === 0 && fromMs === 0) {
      this.#nothingBeforeMs = Math.max(this.#nothingBeforeMs, toMs);
      return ok(false);
    }
    const examinedFromMs = Math.max(fromMs, rows[0]?.[0] ?? shiftOpenTime(timeframe, toMs, -limit));
    const held = rows
      .filter((row) => row[0] >= examinedFromMs)
      .map((row): Gap => [row[0], closeTimeOf(timeframe, row[0])]);
    const settledBeforeMs = shiftOpenTime(
      timeframe,
      openTimeAt(timeframe, page.value.exchangeTimeMs),
      -UNSETTLED_CANDLES,
    );
    for (const absent of subtractGaps([examinedFromMs, toMs], held)) {
      const shown = absent[1] === toMs && rows.length > 0 ? await this.#askAgain(absent, limit) : ok(false);
      if (!shown.ok) return shown;
      if (shown.value) continue;
      // An empty answer proves nothing: an exchange may keep only its newest candles, or be asked again tomorrow.
      if (rows.length > 0 && absent[1] <= settledBeforeMs) await this.#store.markSourceGap(this.#key, absent);
      else unsettled.push(absent);
    }
    return ok(rows.length > 0);
  }

  /**
   * An answer that ends before what was asked for may have been cut short there: its end alone is asked for again.
   * True when there was something, which is then stored.
   */
  async #askAgain([fromMs, toMs]: Gap, asked: number): Promise<Result<boolean, ExchangeFailure>> {
    const limit = candlesBetween(this.#key.timeframe, fromMs, toMs);
    if (limit >= asked) return ok(false);
    const page = await this.#source.page({ untilMs: toMs, limit });
    if (!page.ok) return page;
    const rows = page.value.closed.filter((row) => row[0] >= fromMs && row[0] < toMs);
    if (rows.length > 0) await this.#store.append(this.#key, rows, this.#source.origin, this.#nowMs());
    return ok(rows.length > 0);
  }

  #gapsOf(candles: CandleColumns, untilMs: number): Gap[] {
    const gaps = findGaps(candles, this.#key.timeframe);
    if (candles.length === 0) return gaps;
    const endMs = closeTimeOf(this.#key.timeframe, candles.time[candles.length - 1]!);
    if (endMs < untilMs) gaps.push([endMs, untilMs]);
    return gaps;
  }

  /** The first open time at or after `timeMs`. */
  #openTimeFrom(timeMs: number): number {
    const openTimeMs = openTimeAt(this.#key.timeframe, timeMs);
    return openTimeMs === timeMs ? timeMs : closeTimeOf(this.#key.timeframe, openTimeMs);
  }
}

/** What of `range` lies outside all `parts` (any order), ascending. */
export function subtractGaps(range: Gap, parts: readonly Gap[]): Gap[] {
  const rest: Gap[] = [];
  let fromMs = range[0];
  for (const [partFromMs, partToMs] of parts.toSorted((a, b) => a[0] - b[0])) {
    if (partToMs <= fromMs) continue;
    if (partFromMs >= range[1]) break;
    if (partFromMs > fromMs) rest.push([fromMs, partFromMs]);
    fromMs = partToMs;
  }
  if (fromMs < range[1]) rest.push([fromMs, range[1]]);
  return rest;
}
