import {
  Candles,
  closeTimeOf,
  err,
  findGaps,
  lowerBound,
  ok,
  openTimeAt,
  rowAt,
  sameCandle,
  shiftOpenTime,
  type CandleColumns,
  type CandleRow,
  type Gap,
  type Result,
  type SeriesKey,
} from '@wickworks/core';
import type { CandlePage, ExchangeFailure } from '@wickworks/exchange';
import type { CandleStore, Correction } from '@wickworks/db';
import { CandleArchive, type ArchivePage } from './candle-archive.js';
import { CandleWriter, type WriteItem } from './candle-writer.js';
import type { SeriesEvent, SourceEvent } from './series-event.js';
import type { SeriesSource } from './series-source.js';
import { serially } from './serially.js';
import type { StoreHealth } from './store-health.js';

/** Newest closed candles kept in memory: the longest snapshot, and some room before old ones are dropped. */
const MEMORY_CANDLES = 5_000;
const MEMORY_SLACK_CANDLES = 500;
const FIRST_PAGE_CANDLES = 1_000;
const WRITE_GRACE_MS = 3_000;

export interface HubInput {
  readonly key: SeriesKey;
  readonly source: SeriesSource;
  readonly store: CandleStore;
  readonly health: StoreHealth;
  readonly nowMs: () => number;
  /** The source replays recorded data, so stored candles that contradict it come from another recording. */
  readonly isReplay: boolean;
  readonly log: { warn(fields: object, message: string): void };
}

/**
 * One live candle series, shared by everyone who follows it: the newest closed candles and the forming one in memory,
 * one upstream watch, each closed candle stored before it is announced.
 */
export class SeriesHub {
  readonly key: SeriesKey;
  readonly #input: HubInput;
  readonly #archive: CandleArchive;
  readonly #writer: CandleWriter;
  readonly #listeners = new Set<(event: SeriesEvent) => void>();
  readonly #oneByOne = serially();
  #closed = new Candles();
  #forming: CandleRow | null = null;
  #formingReceivedAtMs = 0;
  #isFormingHeld = false;
  #opening: Promise<Result<void, ExchangeFailure>> | undefined;
  #unwatch: (() => void) | undefined;
  #isClosed = false;
  #closedVersion = 0;

  constructor(input: HubInput) {
    this.key = input.key;
    this.#input = input;
    const { key, store, source, health, nowMs } = input;
    this.#archive = new CandleArchive({ key, store, source, nowMs });
    this.#writer = new CandleWriter({
      key,
      store,
      health,
      liveOrigin: source.origin === 'built' ? 'built' : 'stream',
      nowMs,
      onStored: (items, corrections) => this.#onStored(items, corrections),
    });
  }

  /** Closed candles in memory, newest last. Changes as time goes on: copy what must stay. */
  get closed(): CandleColumns {
    return this.#closed;
  }

  /** Rises with every change of {@link closed}: what was made from it is good as long as this stays. */
  get closedVersion(): number {
    return this.#closedVersion;
  }

  /** The candle still open at the exchange, if known and newer than all closed ones. */
  get forming(): CandleRow | null {
    if (!this.#forming || this.#isFormingHeld) return null;
    return this.#forming[0] > this.#lastClosedMs ? this.#forming : null;
  }

  /** Open time of the first candle not known to be closed, ms UTC: nothing at or after it is served as closed. */
  get presentMs(): number {
    if (this.#closed.length > 0) return closeTimeOf(this.key.timeframe, this.#lastClosedMs);
    return this.#forming?.[0] ?? 0;
  }

  /** Loads the newest candles and starts the stream; the same promise for everyone, tried again after a failure. */
  open(): Promise<Result<void, ExchangeFailure>> {
    this.#opening ??= this.#open().then(
      (opened) => {
        if (!opened.ok) this.#opening = undefined;
        return opened;
      },
      (error: unknown) => {
        this.#opening = undefined;
        throw error;
      },
    );
    return this.#opening;
  }

  /** Makes sure that the newest `count` closed candles are in memory, as far as they exist and can be had now. */
  ensureDepth(count: number): Promise<void> {
    return this.#oneByOne(async () => {
      const missing = Math.min(count, MEMORY_CANDLES) - this.#closed.length;
      if (missing <= 0 || this.#closed.length === 0) return;
      const older = await this.#pastBefore(this.#closed.time[0]!, missing);
      this.#prepend(older.candles);
    });
  }

  /** The newest `limit` closed candles opening before `beforeMs`, from memory, store or source. */
  async history(beforeMs: number, limit: number): Promise<Result<ArchivePage, ExchangeFailure>> {
    const untilMs = Math.min(beforeMs, this.presentMs);
    const end = lowerBound(this.#closed, untilMs);
    if (end >= limit) {
      const candles = new Candles(limit);
      for (let index = end - limit; index < end; index++) candles.push(rowAt(this.#closed, index));
      return ok({ candles, gaps: findGaps(candles, this.key.timeframe), complete: false });
    }
    return this.#archive.before(untilMs, limit);
  }

  /** Gaps of the source inside closed candles `[from, length)` and before the forming candle. */
  gapsFrom(from: number): Gap[] {
    const view = new Candles(this.#closed.length - from + 1);
    for (let index = from; index < this.#closed.length; index++) view.push(rowAt(this.#closed, index));
    const { forming } = this;
    if (forming) view.push(forming);
    return findGaps(view, this.key.timeframe);
  }

  /** Closed candles in memory opening after `afterMs`, or `null` when memory does not reach back that far. */
  closedAfter(afterMs: number): CandleRow[] | null {
    const from = lowerBound(this.#closed, afterMs + 1);
    if (from === 0 && (this.#closed.length === 0 || this.#closed.time[0]! > closeTimeOf(this.key.timeframe, afterMs)))
      return null;
    const rows: CandleRow[] = [];
    for (let index = from; index < this.#closed.length; index++) rows.push(rowAt(this.#closed, index));
    return rows;
  }

  /** Tells every event from now on; returns the unsubscribe. */
  subscribe(listener: (event: SeriesEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Stops the stream and waits until everything received is stored. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#unwatch?.();
    await this.#writer.close(WRITE_GRACE_MS);
    this.#listeners.clear();
  }

  get #lastClosedMs(): number {
    return this.#closed.length > 0 ? this.#closed.time[this.#closed.length - 1]! : -1;
  }

  async #open(): Promise<Result<void, ExchangeFailure>> {
    const { source, key } = this.#input;
    const page = await source.page({ limit: Math.min(source.pageCandles, FIRST_PAGE_CANDLES) });
    if (page.ok) {
      await this.#reconcile(page.value);
      this.#closed = Candles.fromRows(page.value.closed);
      this.#forming = page.value.forming;
      this.#formingReceivedAtMs = this.#input.nowMs();
      if (this.#closed.length === 0) {
        const openTimeMs = openTimeAt(key.timeframe, page.value.exchangeTimeMs);
        this.#watch(shiftOpenTime(key.timeframe, openTimeMs, -1));
        return ok(undefined);
      }
    } else {
      if (!page.error.retryable) return page;
      // The exchange cannot be reached: what is stored is better than nothing, and the status says what it is worth.
      const lastMs = await this.#input.store.lastOpenTime(key);
      if (lastMs === null) return page;
      const stored = await this.#archive.storedBefore(closeTimeOf(key.timeframe, lastMs), FIRST_PAGE_CANDLES);
      this.#closed = stored.candles;
    }
    this.#watch(this.#lastClosedMs);
    return ok(undefined);
  }

  #watch(afterMs: number): void {
    if (this.#isClosed) return;
    this.#unwatch = this.#input.source.watch(afterMs, (event) => this.#onSource(event));
  }

  /** Stores the newest page and looks whether what was stored before tells the same story. */
  async #reconcile(page: CandlePage): Promise<void> {
    const { key, store, source, nowMs, log } = this.#input;
    const rows = page.closed;
    if (rows.length === 0) return;
    const outcome = await store.append(key, rows, source.origin, nowMs());
    const { corrections, unchanged } = outcome;
    if (corrections.length === 0) return;
    log.warn({ ...key, corrections: corrections.length, unchanged }, 'stored candles differed from the exchange');
    if (this.#input.isReplay && corrections.length > unchanged) {
      log.warn({ ...key }, 'the venue replays other data than before: its stored candles are dropped');
      await store.delete(key);
      await store.append(key, rows, source.origin, nowMs());
    }
  }

  async #pastBefore(beforeMs: number, limit: number): Promise<ArchivePage> {
    const page = await this.#archive.before(beforeMs, limit);
    return page.ok ? page.value : this.#archive.storedBefore(beforeMs, limit);
  }

  #prepend(older: CandleColumns): void {
    const merged = new Candles(older.length + this.#closed.length + 64);
    const firstMs = this.#closed.time[0]!;
    for (let index = 0; index < older.length && older.time[index]! < firstMs; index++) merged.push(rowAt(older, index));
    for (let index = 0; index < this.#closed.length; index++) merged.push(rowAt(this.#closed, index));
    this.#closed = merged;
    this.#closedVersion++;
  }

  #onSource(event: SourceEvent): void {
    switch (event.kind) {
      case 'forming':
        this.#forming = event.candle;
        this.#formingReceivedAtMs = event.receivedAtMs;
        this.#announceForming();
        return;
      case 'closed':
      case 'healed':
        this.#writer.push(event);
        return;
      case 'failed':
        this.#opening = Promise.resolve(err(event.failure));
        this.#emit(event);
    }
  }

  /** A forming candle is never told before the closed ones that precede it: these may still be on their way to disk. */
  #announceForming(): void {
    if (!this.#forming || this.#forming[0] <= this.#lastClosedMs) return;
    this.#isFormingHeld = this.#writer.isBusy;
    if (this.#isFormingHeld) return;
    this.#emit({ kind: 'forming', candle: this.#forming, receivedAtMs: this.#formingReceivedAtMs });
  }

  #onStored(items: readonly WriteItem[], corrections: readonly Correction[]): void {
    for (const item of items) {
      if (item.kind === 'closed') {
        if (this.#take(item.candle)) this.#emit(item);
        continue;
      }
      const candles: CandleRow[] = [];
      const known: CandleRow[] = [];
      for (const candle of item.candles) (this.#take(candle) ? candles : known).push(candle);
      if (candles.length > 0 || item.gaps.length > 0) this.#emit({ kind: 'backfill', candles, gaps: item.gaps });
      // Both versions of a candle may lie in one batch: the store then keeps the later one without a correction.
      for (const candle of known) this.#correct(candle);
    }
    for (const correction of corrections) this.#correct(correction.candle);
    if (this.#closed.length > MEMORY_CANDLES + MEMORY_SLACK_CANDLES)
      this.#closed.dropFirst(this.#closed.length - MEMORY_CANDLES);
    if (this.#isFormingHeld) this.#announceForming();
  }

  /** Appends a closed candle to memory; false when this open time is already closed. */
  #take(candle: CandleRow): boolean {
    if (candle[0] <= this.#lastClosedMs) return false;
    this.#closed.push(candle);
    this.#closedVersion++;
    return true;
  }

  /** Replaces a candle that was announced with other values; one that nobody heard of needs no correction. */
  #correct(candle: CandleRow): void {
    const index = lowerBound(this.#closed, candle[0]);
    const previous = this.#closed.at(index);
    if (previous?.[0] !== candle[0] || sameCandle(previous, candle)) return;
    this.#closed.set(index, candle);
    this.#closedVersion++;
    this.#emit({ kind: 'correction', candle, previous });
  }

  #emit(event: SeriesEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
