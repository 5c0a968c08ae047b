import type { AnyStrategyDocument, StrategyIssue } from '@wickworks/contracts';
import type { CandleColumns, Timeframe, TradeColumns } from '@wickworks/core';
import type {
  BiasProof,
  InstrumentRules,
  ParamSpecs,
  ParamValues,
  RunConfig,
  RunFile,
  RunMarket,
  SharedRunMarket,
  Signal,
} from '@wickworks/engine';

/** Run a strategy over candles, or only look for bias. Candle columns are handed over, not copied. */
interface RunTask {
  readonly kind: 'backtest' | 'proof';
  readonly document: AnyStrategyDocument;
  readonly params: ParamValues;
  readonly timeframe: Timeframe;
  readonly detailTimeframe: Timeframe | null;
  readonly config: RunConfig;
  readonly markets: readonly RunMarket[];
}

/** Run several strategies on one account. Candle columns are handed over, as above. */
interface SharedRunTask {
  readonly kind: 'shared-backtest';
  readonly strategies: readonly {
    readonly id?: string | undefined;
    readonly document: AnyStrategyDocument;
    readonly params: ParamValues;
    readonly symbols: readonly string[];
    readonly allocation: number | null;
  }[];
  readonly detailTimeframe: Timeframe | null;
  readonly config: RunConfig;
  readonly markets: readonly SharedRunMarket[];
}

/** Is this a strategy, and what does it declare? */
interface CheckTask {
  readonly kind: 'check';
  readonly document: AnyStrategyDocument;
}

/** What a worker is given to do, once. */
export type BacktestTask = RunTask | SharedRunTask | CheckTask;

/** What a strategy declares. */
export interface Declaration {
  readonly params: ParamSpecs;
  /** Markets it asks for by name, and where in its document. */
  readonly needs: readonly { readonly symbol: string; readonly path: string }[];
  /** Candles before it is asked, with the parameters as declared. */
  readonly warmup: number;
}

/** What lists and the report's head show of a result. */
type BacktestSummary = Pick<
  RunFile,
  'setup' | 'candles' | 'metrics' | 'breakdowns' | 'proof' | 'dataHash' | 'resultHash'
>;

/** What a worker says. `result` is the whole file as compressed JSON. */
export type BacktestReport =
  | { readonly kind: 'progress'; readonly ratio: number }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'checked'; readonly declaration: Declaration }
  | { readonly kind: 'unsound'; readonly issues: readonly StrategyIssue[] }
  | { readonly kind: 'proven'; readonly proof: BiasProof }
  | { readonly kind: 'done'; readonly summary: BacktestSummary; readonly result: Uint8Array<ArrayBuffer> };

/**
 * What a thread that follows one market for a strategy is told: begin (anew), then each time what has closed. Candles
 * are those of `markets`, one after the other.
 */
export type SignalTask =
  | {
      readonly kind: 'follow';
      readonly document: AnyStrategyDocument;
      readonly params: Readonly<Record<string, unknown>>;
      /** Those it reads and the one it follows, in the order of a run. */
      readonly markets: readonly InstrumentRules[];
      readonly symbol: string;
      readonly candles: readonly CandleColumns[];
    }
  | { readonly kind: 'closed'; readonly candles: readonly CandleColumns[] };

/** Its answer to each. */
export type SignalReport =
  | { readonly kind: 'signals'; readonly signals: readonly Signal[] }
  | { readonly kind: 'failed'; readonly reason: string };

/** The memory behind the columns, to be handed over with them. */
export const buffersOf = ({ time, open, high, low, close, volume }: CandleColumns): ArrayBuffer[] => [
  ...new Set([time, open, high, low, close, volume].map(({ buffer }) => buffer as ArrayBuffer)),
];

/** The memory of all candles and trades of a task. */
export function buffersOfTask(task: BacktestTask): ArrayBuffer[] {
  if (task.kind === 'check') return [];
  const series =
    task.kind === 'shared-backtest' ? task.markets.flatMap((market) => [...market.series]) : [...task.markets];
  const candles = series.flatMap(({ candles, detail }) => (detail ? [candles, detail] : [candles]));
  const tapes = task.markets.flatMap(({ trades }) => trades?.trades ?? []);
  const columns = tapes.flatMap(({ time, price, quantity }) => [time, price, quantity]);
  return [...new Set([...candles.flatMap(buffersOf), ...columns.map(({ buffer }) => buffer as ArrayBuffer)])];
}

/** What an engine needs of trades, as plain data that can be handed to a thread. */
export const plainTrades = ({ length, time, price, quantity }: TradeColumns): TradeColumns => ({
  length,
  time: time.slice(0, length),
  price: price.slice(0, length),
  quantity: quantity.slice(0, length),
});

/** Columns cut to their length, as plain data that can be handed to a thread. */
export function plain({ length, ...columns }: CandleColumns): CandleColumns {
  const { time, open, high, low, close, volume } = columns;
  return {
    length,
    time: time.slice(0, length),
    open: open.slice(0, length),
    high: high.slice(0, length),
    low: low.slice(0, length),
    close: close.slice(0, length),
    volume: volume.slice(0, length),
  };
}
