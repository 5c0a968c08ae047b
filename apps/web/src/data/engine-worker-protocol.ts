import type { AnyStrategyDocument, BacktestMarketRef } from '@wickworks/contracts';
import type { SeriesKey, Timeframe } from '@wickworks/core';
import type {
  BiasProof,
  Breakdowns,
  HistogramBin,
  ParamSpecs,
  RunConfig,
  RunDraft,
  RunSetup,
  RunTrade,
} from '@wickworks/engine';

/** A market to test on, with its smallest steps. */
interface TestMarket extends Readonly<BacktestMarketRef> {
  readonly tickSize: number;
  readonly lotSize: number;
  readonly minNotional: number;
}

/** One of the strategies of a run; open times `[fromMs, toMs)` of its candles, ms UTC. */
export interface TestStrategy {
  /** What trades and figures name it by; left out: made from its document. */
  readonly id?: string;
  readonly document: AnyStrategyDocument;
  readonly params: Readonly<Record<string, number | string | boolean>>;
  readonly timeframe: Timeframe;
  /** Markets of the run that it trades. */
  readonly symbols: readonly string[];
  /** Ratio (0..1) of the deposit that only it may use; `null`: it shares what is reserved for no other. */
  readonly allocation: number | null;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Everything that decides a run. */
export interface TestRequest {
  /** In the order in which they are asked at the same moment. */
  readonly strategies: readonly TestStrategy[];
  /** Of several strategies on one account, which may be one; else it is the only one, over all markets. */
  readonly isShared: boolean;
  readonly markets: readonly TestMarket[];
  /** Finer candles that decide what happened inside a candle; `null`: none. */
  readonly detailTimeframe: Timeframe | null;
  /** Stored trades decide it where they are complete. */
  readonly detailTrades: boolean;
  readonly config: Partial<RunConfig>;
}

/** Equity thinned for drawing: per stretch of time the lowest, highest and last value and the deepest drawdown. */
export interface EquitySketch {
  readonly timesMs: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly last: Float64Array;
  readonly drawdownRatio: Float64Array;
  /** Value of the positions over the equity, long and short added up: its mean and its highest. */
  readonly exposureMean: Float64Array;
  readonly exposureHigh: Float64Array;
  /** Close of the first market at the end of each stretch, bought with the deposit at its first open. */
  readonly benchmark: Float64Array;
}

/** Trades as columns; row `i` is the trade with that index. Prices and money in quote, ratios as ratios. */
export interface TradeColumns {
  readonly count: number;
  readonly entryTimeMs: Float64Array;
  /** NaN while open at the end. */
  readonly exitTimeMs: Float64Array;
  readonly entryPrice: Float64Array;
  readonly exitPrice: Float64Array;
  readonly quantity: Float64Array;
  readonly pnl: Float64Array;
  readonly returnRatio: Float64Array;
  readonly fees: Float64Array;
  readonly maeRatio: Float64Array;
  readonly mfeRatio: Float64Array;
  /** 1 long, -1 short. */
  readonly direction: Int8Array;
  /** Indexes into {@link words}. */
  readonly symbol: Uint16Array;
  readonly entryReason: Uint16Array;
  readonly exitReason: Uint16Array;
  /** Of several strategies, whose it is. */
  readonly strategy: Uint16Array | null;
  readonly words: readonly string[];
}

/** The largest step of a market's price from one close to the next open, of a tenth or more. */
export interface PriceJump {
  readonly symbol: string;
  /** Open time of the candle after it, ms UTC. */
  readonly timeMs: number;
  /** Next open over the close before, less one. */
  readonly ratio: number;
  /** So many of a tenth or more. */
  readonly count: number;
}

/** A run as the page shows it; the whole result stays in the worker. */
export interface TestReport {
  readonly setup: RunSetup;
  /** What each strategy declares: of those in code known only here; empty of a run made elsewhere. */
  readonly specs: readonly ParamSpecs[];
  /** Candles used, by market and timeframe. */
  readonly series: readonly SeriesKey[];
  /** Mean exposure at each point of `equity` of each strategy in the order of the setup; empty where one ran alone. */
  readonly exposureBy: readonly Float64Array[];
  /** What decided inside candles; `null`: they alone. */
  readonly intrabar: RunDraft['intrabar'] | null;
  /** By market whose candles have any. */
  readonly jumps: readonly PriceJump[];
  /** The server has run it; else this browser. */
  readonly isFromServer: boolean;
  readonly candles: number;
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly breakdowns: Breakdowns;
  readonly equity: EquitySketch;
  readonly trades: TradeColumns;
  /** Returns of single trades. */
  readonly returns: readonly HistogramBin[];
  readonly orders: number;
  /** Calculation in the worker, ms; `null` of a run made elsewhere. */
  readonly runMs: number | null;
  /** `null` in a preview, which is not hashed. */
  readonly dataHash: string | null;
  readonly resultHash: string | null;
  readonly proof: BiasProof | null;
}

/** How a result file compares with its own run made anew. */
export interface Verdict {
  readonly same: boolean;
  readonly text: string;
  readonly claimed: { readonly dataHash: string; readonly resultHash: string };
  readonly found: { readonly dataHash: string; readonly resultHash: string };
}

export interface TestIssue {
  readonly path: string;
  readonly message: string;
}

/** Why there is no report. */
export interface TestFault {
  readonly kind: 'cancelled' | 'issues' | 'no-candles' | 'unreachable' | 'needs-server' | 'failed';
  readonly message: string;
  readonly issues: readonly TestIssue[];
}

/** What a run is doing. */
export interface TestProgress {
  readonly phase: 'waiting' | 'loading' | 'running' | 'hashing' | 'proving';
  readonly ratio: number | null;
  readonly detail: string;
}

/** Candles of one series for drawing: six columns. */
export interface CandleTransfer {
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

export type EngineOp =
  | { readonly op: 'connect'; readonly baseUrl: string }
  /** `preview`: without hashes and proof, for a slider on the move. */
  | { readonly op: 'run'; readonly id: number; readonly request: TestRequest; readonly preview: boolean }
  | { readonly op: 'cancel'; readonly id: number }
  /** The following four speak of the last finished run. */
  | { readonly op: 'trade'; readonly id: number; readonly index: number }
  | { readonly op: 'candles'; readonly id: number; readonly series: number }
  /** `engines`: where the scripts of pages that verify themselves lie; `null`: a plain JSON file. */
  | {
      readonly op: 'export';
      readonly id: number;
      readonly engines: { readonly rules: string; readonly code: string } | null;
    }
  /** Shows a result of the server as it is. */
  | { readonly op: 'show'; readonly id: number; readonly text: string }
  /** Runs a result file again, or compares it with `again`, which the server has made. */
  | { readonly op: 'verify'; readonly id: number; readonly text: string; readonly again: string | null };

export type EngineNews =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: TestProgress }
  /** `isConfirmed`: the server vouches for the candles; `isLast`: nothing more comes of this run. */
  | {
      readonly kind: 'report';
      readonly id: number;
      readonly report: TestReport;
      readonly isConfirmed: boolean;
      readonly isLast: boolean;
    }
  | { readonly kind: 'fault'; readonly id: number; readonly fault: TestFault }
  | { readonly kind: 'trade'; readonly id: number; readonly trade: RunTrade }
  | { readonly kind: 'candles'; readonly id: number; readonly candles: CandleTransfer }
  | { readonly kind: 'file'; readonly id: number; readonly blob: Blob; readonly name: string }
  | { readonly kind: 'verdict'; readonly id: number; readonly verdict: Verdict }
  /** The server's candles differ from those kept here: what was shown is out of date. */
  | { readonly kind: 'candles-changed'; readonly id: number };
