import type { CandleRow, Gap, SeriesKey } from '@wickworks/core';
import type { CandleStore, Correction } from '@wickworks/db';
import { pause } from './pause.js';
import type { StoreHealth } from './store-health.js';

/** Closed candles in the order they became known. */
export type WriteItem =
  | { readonly kind: 'closed'; readonly candle: CandleRow; readonly receivedAtMs: number }
  | { readonly kind: 'healed'; readonly candles: readonly CandleRow[]; readonly gaps: readonly Gap[] };

const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 5_000;

/**
 * Stores closed candles of one series before anyone hears of them. Whatever came while the store was busy goes into
 * the next batch; order is kept; a failing store is asked again until it takes the batch or the writer is closed.
 */
export class CandleWriter {
  readonly #key: SeriesKey;
  readonly #store: CandleStore;
  readonly #health: StoreHealth;
  readonly #liveOrigin: 'stream' | 'built';
  readonly #nowMs: () => number;
  readonly #onStored: (items: readonly WriteItem[], corrections: readonly Correction[]) => void;
  readonly #stop = new AbortController();
  #queue: WriteItem[] = [];
  #draining: Promise<void> | undefined;
  #isPersisting = false;

  constructor(input: {
    key: SeriesKey;
    store: CandleStore;
    health: StoreHealth;
    liveOrigin: 'stream' | 'built';
    nowMs: () => number;
    /** Called once per stored batch, in order. */
    onStored: (items: readonly WriteItem[], corrections: readonly Correction[]) => void;
  }) {
    this.#key = input.key;
    this.#store = input.store;
    this.#health = input.health;
    this.#liveOrigin = input.liveOrigin;
    this.#nowMs = input.nowMs;
    this.#onStored = input.onStored;
  }

  /** True while candles wait to be stored. */
  get isBusy(): boolean {
    return this.#isPersisting || this.#queue.length > 0;
  }

  /** Takes over the next closed candles. */
  push(item: WriteItem): void {
    this.#queue.push(item);
    this.#draining ??= this.#drain();
  }

  /** Waits until everything pushed is stored, or gives up retrying after `graceMs`. */
  async close(graceMs: number): Promise<void> {
    const deadline = setTimeout(() => this.#stop.abort(), graceMs);
    await this.#draining;
    clearTimeout(deadline);
    this.#stop.abort();
    this.#health.succeeded(this.#key);
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0 && !this.#stop.signal.aborted) {
      const batch = this.#queue;
      this.#queue = [];
      this.#isPersisting = true;
      const corrections = await this.#persist(batch);
      this.#isPersisting = false;
      if (!corrections) continue;
      this.#onStored(batch, corrections);
      // Only then: a feed that is live again has told what it held back.
      if (this.#queue.length === 0) this.#health.succeeded(this.#key);
    }
    this.#draining = undefined;
  }

  /** Stores one batch; `undefined` when the writer was closed before the store took it. */
  async #persist(batch: readonly WriteItem[]): Promise<readonly Correction[] | undefined> {
    const corrections: Correction[] = [];
    for (const { rows, origin } of this.#runsOf(batch)) {
      const outcome = await this.#untilDone(() => this.#store.append(this.#key, rows, origin, this.#nowMs()));
      if (!outcome) return undefined;
      corrections.push(...outcome.corrections);
    }
    for (const item of batch) {
      if (item.kind === 'closed') continue;
      for (const gap of item.gaps) {
        const marked = await this.#untilDone(async () => {
          await this.#store.markSourceGap(this.#key, gap);
          return true;
        });
        if (!marked) return undefined;
      }
    }
    return corrections;
  }

  /** Neighbours of one origin together: one transaction each. */
  #runsOf(batch: readonly WriteItem[]): { rows: CandleRow[]; origin: 'stream' | 'rest' | 'built' }[] {
    const runs: { rows: CandleRow[]; origin: 'stream' | 'rest' | 'built' }[] = [];
    for (const item of batch) {
      const healedOrigin = this.#liveOrigin === 'built' ? 'built' : 'rest';
      const origin = item.kind === 'closed' ? this.#liveOrigin : healedOrigin;
      const rows = item.kind === 'closed' ? [item.candle] : item.candles;
      const last = runs.at(-1);
      if (last?.origin === origin) last.rows.push(...rows);
      else if (rows.length > 0) runs.push({ rows: [...rows], origin });
    }
    return runs;
  }

  async #untilDone<T>(work: () => Promise<T>): Promise<T | undefined> {
    for (let delayMs = RETRY_FIRST_MS; ; delayMs = Math.min(RETRY_MAX_MS, delayMs * 2)) {
      try {
        return await work();
      } catch (error) {
        this.#health.failed(this.#key, error, this.#nowMs());
        if (this.#stop.signal.aborted) return undefined;
        await pause(delayMs, this.#stop.signal);
      }
    }
  }
}
