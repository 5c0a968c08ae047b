import type { Candles } from '@wickworks/core';

/** A mounted chart as the benchmark drives it. */
export interface Contestant {
  /** Shows candles `[from, to)` from edge to edge. */
  show(from: number, to: number): void;
  /** The last candle's close becomes `price`. */
  tick(price: number): void;
}

/** Mounts a chart on `host`; `prepare` turned the columns into what the chart wants, before the clock runs. */
export interface ContestantKind<Input> {
  prepare(candles: Candles): Input;
  mount(host: HTMLElement, input: Input): Contestant;
}
