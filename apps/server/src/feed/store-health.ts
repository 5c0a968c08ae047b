import { seriesId, type SeriesKey } from '@wickworks/core';

/** Why closed candles of an exchange are not stored, and since when. */
export interface StoreFault {
  readonly message: string;
  readonly sinceMs: number;
}

/** Whether the candle store takes writes right now; told by those who write, series by series. */
export class StoreHealth {
  readonly #faults = new Map<string, StoreFault & { exchange: string }>();
  readonly #listeners = new Set<() => void>();
  #failures = 0;

  /** What the oldest write still waiting failed of, or `null` when nothing waits. */
  get fault(): string | null {
    return this.#faults.values().next().value?.message ?? null;
  }

  /** Failed writes since the start. */
  get failures(): number {
    return this.#failures;
  }

  /** The oldest fault among the series of `exchange`, or `null`. */
  faultOf(exchange: string): StoreFault | null {
    for (const fault of this.#faults.values()) if (fault.exchange === exchange) return fault;
    return null;
  }

  /** Tells when a series begins or ceases to fail; returns the unsubscribe. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What waited of a series is stored and announced, or nobody waits for it any more. */
  succeeded(key: SeriesKey): void {
    if (this.#faults.delete(seriesId(key))) this.#tell();
  }

  failed(key: SeriesKey, error: unknown, nowMs: number): void {
    this.#failures++;
    const message = error instanceof Error ? error.message : String(error);
    const before = this.#faults.get(seriesId(key));
    if (before?.message === message) return;
    this.#faults.set(seriesId(key), { exchange: key.exchange, message, sinceMs: before?.sinceMs ?? nowMs });
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
