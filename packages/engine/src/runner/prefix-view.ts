import type { CandleColumns } from '@wickworks/core';

/** Candles up to a moving end: what a strategy may know. Columns are those of the source, not copies. */
export class PrefixView implements CandleColumns {
  readonly #source: CandleColumns;
  length = 0;
  time: Float64Array;
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  volume: Float64Array;

  constructor(source: CandleColumns) {
    this.#source = source;
    this.time = source.time;
    this.open = source.open;
    this.high = source.high;
    this.low = source.low;
    this.close = source.close;
    this.volume = source.volume;
  }

  /** Shows the first `length` candles. */
  show(length: number): void {
    this.length = length;
    const source = this.#source;
    if (this.time === source.time) return;
    this.time = source.time;
    this.open = source.open;
    this.high = source.high;
    this.low = source.low;
    this.close = source.close;
    this.volume = source.volume;
  }
}
