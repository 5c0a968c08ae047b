import type { CandleColumns, Direction, Side, Timeframe, TradeTape } from '@wickworks/core';
import type { ParamValues } from '../indicators/params.js';
import type { Funding } from '../market/funding.js';
import type { OrderStatus, OrderType } from '../messages.js';
import type { SlippageModel } from '../paper/slippage.js';
import type { Intrabar } from './backtest.js';

/** Account and venue of a run as people write it: money as decimal text, fees in basis points where a market has none of its own. */
export interface RunConfig {
  /** Deposit in quote currency. */
  readonly cash: string;
  readonly makerFeeBps: number;
  readonly takerFeeBps: number;
  readonly slippage: SlippageModel;
  /** Most of a candle's volume that fills may take, 0..1; null: no cap. */
  readonly volumeShareMax: number | null;
  readonly latencyMs: number;
  readonly touchFills: boolean;
  readonly shorting: boolean;
  readonly leverage: number;
  readonly maintenanceRatio: number;
  readonly liquidationFeeBps: number;
  readonly borrowRatioPerDay: number;
  readonly positionsMax: number;
}

/** One market of a run, without its candles. */
export interface RunMarketTerms {
  /** Where the candles come from; an exchange id or `file`. */
  readonly exchange: string;
  readonly symbol: string;
  readonly tickSize: number;
  readonly lotSize: number;
  readonly minNotional: number;
  /** Its own fees; left out: the run's. */
  readonly makerFeeBps?: number | undefined;
  readonly takerFeeBps?: number | undefined;
  readonly funding?: Funding | undefined;
}

/** One market of a run. */
export interface RunMarket extends RunMarketTerms {
  /** Closed candles, ascending. */
  readonly candles: CandleColumns;
  /** Finer candles of the run's detail timeframe. */
  readonly detail?: CandleColumns;
  /** Public trades; they come before detail candles where they are complete. */
  readonly trades?: TradeTape;
}

/** One of several strategies as it was run. */
export interface RunSetupStrategy {
  /** What trades, orders and figures name it by. */
  readonly id: string;
  /** Its document; null for a strategy in code without one. */
  readonly strategy: unknown;
  readonly params: ParamValues;
  readonly timeframe: Timeframe;
  /** Open times `[from, to)` of its candles, ms UTC. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly symbols: readonly string[];
  /** Ratio (0..1) of the deposit reserved for it; null: it shares what is reserved for no other. */
  readonly allocation: number | null;
}

/** What exactly was run; with the candles it gives the same `resultHash` everywhere. */
export interface RunSetup {
  /** The strategy document as it was; null for a strategy in code. */
  readonly strategy: unknown;
  readonly strategyId: string;
  /** Every parameter, defaults filled in. */
  readonly params: ParamValues;
  /** Of several strategies on one account: then `strategy` is null, `params` empty, `timeframe` that of the first. */
  readonly strategies?: readonly RunSetupStrategy[] | undefined;
  readonly markets: readonly RunMarketTerms[];
  readonly timeframe: Timeframe;
  readonly detailTimeframe: Timeframe | null;
  /** A market had trades; left out when none had. */
  readonly detailTrades?: true | undefined;
  /** Open times `[from, to)` of the candles used, ms UTC. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly config: RunConfig;
  readonly engineVersion: string;
}

/** Money and quantities of what follows are exact decimal text; ratios and prices averaged over fills are float64. */
export interface RunFill {
  readonly id: number;
  /** 0: a liquidation, which is no order of ours. */
  readonly orderId: number;
  readonly side: Side;
  readonly price: string;
  readonly quantity: string;
  readonly fee: string;
  readonly liquidity: 'maker' | 'taker';
  /** Of the trade it happened at, or the open of the (detail) candle it happened in. */
  readonly timeMs: number;
  /** The rule that asked for it. */
  readonly reason: string;
  /** Of several strategies the one it belongs to. */
  readonly strategyId?: string | undefined;
}

/** Indicator outputs by name at the close of one candle; null during warm-up. */
export type IndicatorValues = Readonly<Record<string, number | null>>;

/** From flat to flat in one market, with everything that explains it. */
export interface RunTrade {
  readonly index: number;
  readonly symbol: string;
  readonly direction: Direction;
  readonly entryTimeMs: number;
  /** Null while still open at the end of the data. */
  readonly exitTimeMs: number | null;
  readonly quantity: string;
  readonly entryPrice: number;
  readonly exitPrice: number | null;
  /** After fees and carry; of an open trade at the last close. */
  readonly pnl: string;
  /** `pnl` over the notional entered. */
  readonly returnRatio: number;
  readonly fees: string;
  readonly carry: string;
  readonly maeRatio: number;
  readonly mfeRatio: number;
  readonly entryReason: string;
  readonly exitReason: string | null;
  /** At the close of the candle the entry was decided on. */
  readonly entryValues: IndicatorValues;
  /** At the close of the candle before the last exit's fill; empty while open. */
  readonly exitValues: IndicatorValues;
  readonly fills: readonly RunFill[];
  readonly strategyId?: string | undefined;
}

export interface RunOrder {
  /** 0: refused before it became an order. */
  readonly id: number;
  readonly symbol: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly status: OrderStatus | 'refused';
  /** Null when the size is known only as it fills. */
  readonly quantity: string | null;
  readonly filledQuantity: string;
  readonly limitPrice: string | null;
  readonly stopPrice: string | null;
  readonly reduceOnly: boolean;
  readonly createdMs: number;
  readonly tag: string;
  /** Why it was refused, rejected or canceled. */
  readonly reason: string | null;
  readonly strategyId?: string | undefined;
}

/** One row of a breakdown. */
export interface BreakdownRow {
  readonly key: string;
  readonly roundTrips: number;
  readonly winRatio: number | null;
  /** Quote. */
  readonly pnl: number;
  readonly returnRatio: number | null;
}

export interface Breakdowns {
  readonly byMonth: readonly BreakdownRow[];
  readonly byWeekday: readonly BreakdownRow[];
  readonly byHour: readonly BreakdownRow[];
  readonly bySymbol: readonly BreakdownRow[];
  readonly byExitReason: readonly BreakdownRow[];
  /** Of a run of several strategies. */
  readonly byStrategy?: readonly BreakdownRow[] | undefined;
}

/** Equity over time as columns: quote, and distance below the highest so far, 0..1. */
export interface EquityColumns {
  /** Close times, ms UTC. */
  readonly timesMs: Float64Array;
  readonly equity: Float64Array;
  readonly drawdownRatio: Float64Array;
}

/** Everything a run did, as plain data that may be posted to another thread. Not yet hashed: see {@link RunResult}. */
export interface RunDraft {
  readonly setup: RunSetup;
  readonly config: RunConfig;
  /** Candles worked through, all markets together. */
  readonly candles: number;
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly breakdowns: Breakdowns;
  readonly trades: readonly RunTrade[];
  readonly orders: readonly RunOrder[];
  readonly equity: EquityColumns;
  /** What decided the order of events inside candles; left out of runs that had neither trades nor finer candles. */
  readonly intrabar?: Intrabar | undefined;
}

/** A run that can be verified. */
export interface RunResult extends RunDraft {
  /** SHA-256, hex, of the candles (and trades, detail candles and funding) used. */
  readonly dataHash: string;
  /** SHA-256, hex, of setup, data, fills and equity: the same on every machine. */
  readonly resultHash: string;
}
