import type { CandleColumns, Timeframe } from '@wickworks/core';
import type { IndicatorDefinition } from '../indicators/define.js';
import type { Graph, Series } from '../indicators/kernel/graph.js';
import type { ParamSpecs, ParamValues, ValuesOf } from '../indicators/params.js';
import type { Intent, OrderRequest, RoundTrip } from '../messages.js';

/** The account as a strategy may see it. Quote currency unless told. */
export interface AccountView {
  readonly cash: number;
  readonly equity: number;
  /** Quote free for new positions: leverage counted, reservations of working orders taken off. */
  readonly buyingPower: number;
  /** Signed base quantity held. */
  positionOf(symbol: string): number;
  /** Quantity-weighted entry price; NaN while flat. */
  entryPriceOf(symbol: string): number;
  /** Ids of working orders in a market, oldest first. */
  ordersOf(symbol: string): readonly number[];
  /** The same as the broker has them. */
  workingOrders(symbol: string): readonly OrderRequest[];
  /** Number of finished trades in a market; costs nothing, unlike the trades themselves. */
  tripsEndedIn(symbol: string): number;
  /** Finished trades of the account in all markets, oldest first; grows. */
  readonly roundTrips: readonly RoundTrip[];
}

/** What a strategy is told when a candle has closed. The object is reused: read it, do not keep it. */
export interface StrategyContext extends AccountView {
  readonly symbol: string;
  /** Index of the market in the session. */
  readonly market: number;
  /** Index of the candle that closed, the last of {@link candles}. */
  readonly index: number;
  /** Now: when the candle closed, ms UTC. */
  readonly timeMs: number;
  /** Candles of this market up to and including the closed one. Nothing behind `length` may be read. */
  readonly candles: CandleColumns;
  /** Signed base quantity held in this market. */
  readonly position: number;
}

/** A running strategy: closed candles in, wishes out. Everything else it remembers itself. */
export interface Strategy {
  /**
   * Called for each candle from the warm-up on. Orders fill at the next candle's open at the earliest. The list,
   * its wishes and their sizes may be written anew by the next call: whoever keeps one copies it.
   */
  onCandle(context: StrategyContext): readonly Intent[];
  /**
   * The first candle of `[from, to)` at which {@link onCandle} has to be asked, if until then no order of the account
   * fills or ends; `to` for none. Lets a batch pass over candles at once. Asked as {@link onCandle} would be about the
   * candle at `from`, which it may take in as well, orders that filled or ended before it among it: who cannot tell
   * answers `from`. Left out: every candle is asked about.
   */
  nextSignal?(context: StrategyContext, from: number, to: number): number;
  /** What a batch needs to make whole trips without asking; null, or left out: it has to ask. */
  signalPlan?(): SignalPlan | null;
}

/** Candles at which something is signalled, for one who only goes forward. */
interface Signals {
  /** The first of `[from, to)`; `to` for none. */
  in(from: number, to: number): number;
}

/**
 * All there is to a strategy of signals alone: flat, it enters long at the next of its entries; holding, it leaves
 * altogether at the next of its exits; both by market orders. {@link Strategy.onCandle} wishes the very same.
 */
export interface SignalPlan {
  readonly entries: Signals;
  readonly exits: Signals;
  readonly entryTag: string;
  readonly exitTag: string;
  /** Quote to spend, fee included, by an account that is flat and has `cash`; 0: nothing. */
  spend(cash: number): number;
}

/** Answer of a candle without a wish; shared, so that it costs nothing. */
export const NO_INTENTS: readonly Intent[] = [];

/** What a strategy may ask for before the first candle. */
export interface StrategySetup {
  readonly symbols: readonly string[];
  /**
   * Outputs of an indicator over a market's candles, kept up to date: value of candle i at `values[i]`, NaN during
   * warm-up. `values` is replaced when it grows: read it anew in every call.
   */
  indicator(
    symbol: string,
    definition: IndicatorDefinition,
    params: ParamValues,
    options?: IndicatorOptions,
  ): Readonly<Record<string, Series>>;
  /**
   * Candles of a market as the session has them. In a backtest those to come are there already: nothing but kernels
   * that look back may read them, and the bias proof catches whoever does otherwise.
   */
  candles(symbol: string): CandleColumns;
  /** An empty graph of kernels over {@link candles}, to be run by whoever asked for it. */
  graph(symbol: string): Graph;
}

/** What an indicator is made from when that is not its market's own candles, and what it is called. */
export interface IndicatorOptions {
  /** As the strategy's author calls it; shown in explanations of trades. */
  readonly name?: string;
  /** Timeframe of the session's candles and the longer one to resample to; equal for none. */
  readonly base: Timeframe;
  readonly timeframe: Timeframe;
  /** Market whose candles it is made from; default: the same. */
  readonly from?: string;
}

/** A strategy as code: its form (parameters), its warm-up in candles and how to make one. */
export interface StrategyDefinition<P extends ParamSpecs = ParamSpecs> {
  readonly id: string;
  readonly title: string;
  readonly params: P;
  /** Candles it was made for; left out: any. */
  readonly timeframe?: Timeframe;
  /** Markets it asks for by name, and where in its document; left out: whatever the run has. */
  readonly needs?: readonly { readonly symbol: string; readonly path: string }[];
  warmup(params: ValuesOf<P>): number;
  create(setup: StrategySetup, params: ValuesOf<P>): Strategy;
}

/** Keeps the literal types of a declaration. */
export const defineStrategy = <P extends ParamSpecs>(definition: StrategyDefinition<P>): StrategyDefinition<P> =>
  definition;
