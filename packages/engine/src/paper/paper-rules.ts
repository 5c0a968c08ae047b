import type { CandleColumns } from '@wickworks/core';
import type { Purses } from '../portfolio/purses.js';
import type { SlippageModel } from './slippage.js';

/** How the paper venue behaves. */
export interface PaperRules {
  readonly slippage: SlippageModel;
  /** Share (0..1) of a candle's volume that our fills may take together; null: no cap. */
  readonly volumeShareMax: number | null;
  /** From decision to venue. An order works from the first (detail) candle that opens at or after its arrival. */
  readonly latencyMs: number;
  /** Limit orders fill when the price touches them; otherwise only when it trades through. */
  readonly touchFills: boolean;
  readonly leverage: number;
  /** Equity over exposure at which a position is liquidated. */
  readonly maintenanceRatio: number;
  /** Charged on the notional liquidated, beside the taker fee. */
  readonly liquidationFeeBps: number;
  /** Interest on borrowed base (shorts) and borrowed quote (negative cash), share of its value per day. */
  readonly borrowRatioPerDay: number;
}

/** What several strategies on one account have besides: see `runner/shared-backtest.ts`. */
export interface SharedVenue {
  readonly purses: Purses;
  /**
   * Units of a market's symbol that all strategies together filled at the trade that is row `index` of `candles`, or in
   * this candle and those that opened since.
   */
  takenIn(market: number, candles: CandleColumns, index: number): number;
  /** Markets of the same symbol in which other strategies trade. */
  siblingsOf(market: number): readonly number[];
  /** The candle of a market that is open at `timeMs`. */
  candleAt(market: number, timeMs: number): { readonly index: number; readonly timeMs: number };
}
