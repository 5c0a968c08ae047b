import type { CandleColumns, Timeframe } from '@wickworks/core';
import type { OpenRoundTrip, RoundTrip } from '../messages.js';

/** The market to compare with: its first open, its last close, its returns by UTC day. */
export interface Benchmark {
  readonly candles: CandleColumns;
  readonly timeframe: Timeframe;
}

/** What a run leaves behind. Quote currency, ms UTC, ratios. */
export interface RunOutcome {
  /** Deposit. */
  readonly cash: number;
  /** When it began: open time of the first candle. */
  readonly startMs: number;
  /** Close times, ascending, and equity at them. */
  readonly timesMs: Float64Array;
  readonly equity: Float64Array;
  readonly roundTrips: readonly RoundTrip[];
  readonly openTrips: readonly OpenRoundTrip[];
  /** Of {@link roundTrips}, in their order. */
  readonly excursions: readonly { readonly adverseRatio: number; readonly favourableRatio: number }[];
  readonly costs: {
    readonly fees: number;
    readonly slippage: number;
    readonly carry: number;
    /** Value of all fills. */
    readonly notional: number;
  };
  readonly benchmark: Benchmark | null;
  /** Days of trading a year that annualised figures count with; crypto never closes: 365. */
  readonly daysPerYear: number;
  /** Annual return without risk, ratio. */
  readonly riskFreeRatio: number;
  /** The search this run is the best of: how many sets were tried, and how their daily Sharpe ratios scatter. */
  readonly trials: { readonly count: number; readonly sharpeDeviation: number } | null;
}
