import {
  candlesBetween,
  closeTimeOf,
  mergeInto,
  ok,
  openTimeAt,
  resample,
  shiftOpenTime,
  toRows,
  type CandleRow,
  type Result,
  type Timeframe,
} from '@wickworks/core';
import type { CandlePage, ExchangeFailure } from '@wickworks/exchange';
import type { SeriesEvent, SourceEvent } from './series-event.js';
import type { SeriesHub } from './series-hub.js';
import type { PageQuery, SeriesSource } from './series-source.js';

const PAGE_CANDLES = 500;
/** A month holds at most 31 days, every other width a fixed count. */
const SLACK_RATIO = 31 / 30;

/** A wide series built from a narrower one of the same market, where the exchange does not report the wide one. */
export class BuiltSource implements SeriesSource {
  readonly origin = 'built';
  readonly pageCandles = PAGE_CANDLES;
  readonly #narrow: SeriesHub;
  readonly #timeframe: Timeframe;

  /** `narrow` must tile `timeframe`; it is opened on first use and stays the caller's to close. */
  constructor(narrow: SeriesHub, timeframe: Timeframe) {
    this.#narrow = narrow;
    this.#timeframe = timeframe;
  }

  async page({ untilMs, limit }: PageQuery): Promise<Result<CandlePage, ExchangeFailure>> {
    const opened = await this.#narrow.open();
    if (!opened.ok) return opened;
    const narrowTimeframe = this.#narrow.key.timeframe;
    // The wide candle under construction is built from memory: it must reach back to its start.
    await this.#narrow.ensureDepth(2 * this.#narrowPerWide);
    const presentMs = this.#presentMs();
    const openMs = openTimeAt(this.#timeframe, presentMs);
    const endMs = Math.min(untilMs ?? openMs, openMs);
    const startMs = shiftOpenTime(this.#timeframe, endMs, -limit);
    const narrowCount = Math.ceil(candlesBetween(narrowTimeframe, startMs, endMs) * SLACK_RATIO);
    const past = await this.#narrow.history(endMs, Math.max(1, narrowCount));
    if (!past.ok) return past;
    const wide = toRows(resample(past.value.candles, this.#timeframe));
    // The oldest wide candle is whole only when narrow ones before it were seen, or when nothing is older.
    if (!past.value.complete && wide.length > 0 && past.value.candles.time[0]! !== wide[0]![0]) wide.shift();
    const closed = wide.filter((row) => row[0] < endMs).slice(-limit);
    return ok({ closed, forming: this.#formingFrom(openMs), exchangeTimeMs: presentMs });
  }

  watch(afterMs: number, listener: (event: SourceEvent) => void): () => void {
    const builder = new WideCandle(this.#timeframe, this.#narrow.key.timeframe, afterMs);
    // Narrow candles may have closed since the page was read: they are gone through like those to come.
    const missed = this.#narrow.closedAfter(closeTimeOf(this.#timeframe, afterMs) - 1);
    if (!missed) {
      const message = `the ${this.#narrow.key.timeframe} candles that ${this.#timeframe} is built from are not at hand`;
      listener({ kind: 'failed', failure: { kind: 'unavailable', message, retryable: true } });
      return () => undefined;
    }
    const healed = missed.flatMap((row) => builder.close(row));
    if (healed.length > 0) listener({ kind: 'healed', candles: healed, gaps: [] });
    return this.#narrow.subscribe((event) => {
      for (const wide of this.#wideEvents(builder, event)) listener(wide);
    });
  }

  #wideEvents(builder: WideCandle, event: SeriesEvent): SourceEvent[] {
    switch (event.kind) {
      case 'forming': {
        const { candle, receivedAtMs } = event;
        const [closed, forming] = builder.preview(candle);
        return [
          ...closed.map((row): SourceEvent => ({ kind: 'closed', candle: row, receivedAtMs })),
          { kind: 'forming', candle: forming, receivedAtMs },
        ];
      }
      case 'closed':
        return builder
          .close(event.candle)
          .map((row) => ({ kind: 'closed', candle: row, receivedAtMs: event.receivedAtMs }));
      case 'backfill': {
        const candles = event.candles.flatMap((row) => builder.close(row));
        return candles.length > 0 ? [{ kind: 'healed', candles, gaps: [] }] : [];
      }
      case 'correction':
        return this.#rebuilt(builder, event.candle[0]);
      case 'failed':
        return [event];
    }
  }

  /** The wide candle around a corrected narrow one, when all of it is in memory. */
  #rebuilt(builder: WideCandle, openTimeMs: number): SourceEvent[] {
    const wideMs = openTimeAt(this.#timeframe, openTimeMs);
    const rows = this.#narrow.closedAfter(wideMs - 1);
    if (!rows) return [];
    const row = mergeRows(
      rows.filter((candle) => candle[0] < closeTimeOf(this.#timeframe, wideMs)),
      wideMs,
    );
    if (!row) return [];
    if (builder.replaceOpen(row)) return [];
    return [{ kind: 'healed', candles: [row], gaps: [] }];
  }

  get #narrowPerWide(): number {
    const openMs = openTimeAt(this.#timeframe, 0);
    return candlesBetween(this.#narrow.key.timeframe, openMs, closeTimeOf(this.#timeframe, openMs));
  }

  #presentMs(): number {
    const { closed, forming } = this.#narrow;
    if (forming) return forming[0];
    return closed.length > 0 ? closeTimeOf(this.#narrow.key.timeframe, closed.time[closed.length - 1]!) : 0;
  }

  #formingFrom(openMs: number): CandleRow | null {
    const rows = this.#narrow.closedAfter(openMs - 1) ?? [];
    const { forming } = this.#narrow;
    return mergeRows(forming ? [...rows, forming] : rows, openMs) ?? null;
  }
}

/** Narrow rows of one wide candle as that candle. */
function mergeRows(rows: readonly CandleRow[], openTimeMs: number): CandleRow | undefined {
  const [first, ...rest] = rows;
  if (!first) return undefined;
  return rest.reduce(mergeInto, [openTimeMs, first[1], first[2], first[3], first[4], first[5]]);
}

/** The wide candle being built from closed narrow ones; closes each wide candle once. */
export class WideCandle {
  readonly #wide: Timeframe;
  readonly #narrow: Timeframe;
  #lastClosedMs: number;
  #open: CandleRow | undefined;

  /** Wide candles up to the one opening at `afterMs` are closed already. */
  constructor(wide: Timeframe, narrow: Timeframe, afterMs: number) {
    this.#wide = wide;
    this.#narrow = narrow;
    this.#lastClosedMs = afterMs;
  }

  /** Takes the next closed narrow candle; returns the wide candles this closes. */
  close(row: CandleRow): CandleRow[] {
    const openTimeMs = openTimeAt(this.#wide, row[0]);
    if (openTimeMs <= this.#lastClosedMs) return [];
    const closed = this.#closeBefore(openTimeMs);
    this.#open = this.#merged(row, openTimeMs);
    if (closeTimeOf(this.#narrow, row[0]) === closeTimeOf(this.#wide, openTimeMs))
      closed.push(...this.#closeBefore(closeTimeOf(this.#wide, openTimeMs)));
    return closed;
  }

  /** Looks at a forming narrow candle: what it proves closed, and the forming wide candle with it. */
  preview(row: CandleRow): [closed: CandleRow[], forming: CandleRow] {
    const openTimeMs = openTimeAt(this.#wide, row[0]);
    const closed = this.#closeBefore(openTimeMs);
    return [closed, this.#merged(row, openTimeMs)];
  }

  /** Replaces the wide candle under construction, if it is this one. */
  replaceOpen(row: CandleRow): boolean {
    if (this.#open?.[0] !== row[0]) return false;
    this.#open = row;
    return true;
  }

  #merged(row: CandleRow, openTimeMs: number): CandleRow {
    return this.#open?.[0] === openTimeMs
      ? mergeInto(this.#open, row)
      : [openTimeMs, row[1], row[2], row[3], row[4], row[5]];
  }

  #closeBefore(openTimeMs: number): CandleRow[] {
    if (!this.#open || this.#open[0] >= openTimeMs) return [];
    const row = this.#open;
    this.#open = undefined;
    this.#lastClosedMs = row[0];
    return [row];
  }
}
