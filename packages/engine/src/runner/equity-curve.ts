import type { CandleColumns } from '@wickworks/core';

/** Equity (quote) by close time (ms UTC): one point for each moment at which candles closed. */
export class EquityCurve {
  #times: Float64Array;
  #values: Float64Array;
  #length = 0;
  #lastMs = -1;

  /** `capacity` points fit before it grows. */
  constructor(capacity: number) {
    this.#times = new Float64Array(Math.max(16, capacity));
    this.#values = new Float64Array(Math.max(16, capacity));
  }

  get length(): number {
    return this.#length;
  }

  /** Close times noted so far. */
  get times(): Float64Array {
    return this.#times.subarray(0, this.#length);
  }

  /** Equity at {@link times}. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }

  /** Notes `equity` at `timeMs`; a second note of the same moment replaces the first. */
  note(timeMs: number, equity: number): void {
    if (this.#lastMs === timeMs) {
      this.#values[this.#length - 1] = equity;
      return;
    }
    this.#lastMs = timeMs;
    if (this.#length === this.#times.length) this.#grow();
    this.#times[this.#length] = timeMs;
    this.#values[this.#length++] = equity;
  }

  /**
   * Adds a point for each of the candles `[from, to)` of `candles`, `widthMs` wide: their close times are noted, their
   * equity is for the caller to write into {@link buffer} from the index on that is returned. None of the moments may
   * have been noted before.
   */
  extend(candles: CandleColumns, from: number, to: number, widthMs: number): number {
    const start = this.#length;
    const end = start + to - from;
    while (end > this.#times.length) this.#grow();
    const { time } = candles;
    const times = this.#times;
    const shift = start - from;
    for (let i = from; i < to; i++) times[i + shift] = time[i]! + widthMs;
    this.#length = end;
    if (to > from) this.#lastMs = time[to - 1]! + widthMs;
    return start;
  }

  /** Where {@link values} lie; another one after it grew. */
  get buffer(): Float64Array {
    return this.#values;
  }

  #grow(): void {
    const times = new Float64Array(this.#times.length * 2);
    const values = new Float64Array(this.#times.length * 2);
    times.set(this.#times);
    values.set(this.#values);
    this.#times = times;
    this.#values = values;
  }
}
