import type { CandleColumns } from '@wickworks/core';
import { FRESH, type ColumnSource } from '../market/run-memory.js';

/** Adjoining candles `[from, to)`, `widthMs` wide, whose points lie `shift` behind their indices. */
interface Untimed {
  readonly candles: CandleColumns;
  readonly from: number;
  to: number;
  readonly widthMs: number;
  readonly shift: number;
}

/** Equity (quote) by close time (ms UTC): one point for each moment at which candles closed. */
export class EquityCurve {
  /** Made when the first of them is written. */
  #times: Float64Array = NO_TIMES;
  #values: Float64Array;
  #length = 0;
  #lastMs = -1;
  readonly #memory: ColumnSource;
  /** Candles whose close times are not written down yet: few ever read them. */
  #untimed: Untimed | null = null;

  /** `capacity` points fit before it grows. */
  constructor(capacity: number, memory: ColumnSource = FRESH) {
    this.#memory = memory;
    this.#values = memory.numbers(Math.max(16, capacity));
  }

  get length(): number {
    return this.#length;
  }

  /** Close times noted so far. */
  get times(): Float64Array {
    this.#writeTimes();
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
    if (this.#length === this.#values.length) this.#grow();
    if (this.#times.length === 0) this.#times = this.#memory.numbers(this.#values.length);
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
    if (from === to) return start;
    const end = start + to - from;
    this.reserve(to - from);
    const shift = start - from;
    const open = this.#untimed;
    if (open?.candles === candles && open.widthMs === widthMs && open.shift === shift && open.to === from) open.to = to;
    else {
      this.#writeTimes();
      this.#untimed = { candles, from, to, widthMs, shift };
    }
    this.#length = end;
    this.#lastMs = candles.time[to - 1]! + widthMs;
    return start;
  }

  /** Makes room in {@link buffer} for so many points; returns where the next one goes. */
  reserve(count: number): number {
    while (this.#length + count > this.#values.length) this.#grow();
    return this.#length;
  }

  /** Where {@link values} lie; another one after it grew. */
  get buffer(): Float64Array {
    return this.#values;
  }

  #writeTimes(): void {
    if (this.#untimed === null) return;
    const { candles, from, to, widthMs, shift } = this.#untimed;
    const { time } = candles;
    if (this.#times.length === 0) this.#times = this.#memory.numbers(this.#values.length);
    const times = this.#times;
    for (let i = from; i < to; i++) times[i + shift] = time[i]! + widthMs;
    this.#untimed = null;
  }

  #grow(): void {
    const values = new Float64Array(this.#values.length * 2);
    values.set(this.#values);
    this.#values = values;
    if (this.#times.length === 0) return;
    const times = new Float64Array(values.length);
    times.set(this.#times);
    this.#times = times;
  }
}

const NO_TIMES = new Float64Array(0);
