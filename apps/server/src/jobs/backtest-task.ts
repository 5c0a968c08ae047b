import type { CandleColumns, Timeframe } from '@wickworks/core';
import type { BiasProof, ParamValues, RunConfig, RunFile, RunMarket, StrategyDocument } from '@wickworks/engine';

/** What a worker is given: run a strategy, or only look for bias. Candle columns are handed over, not copied. */
export interface BacktestTask {
  readonly kind: 'backtest' | 'proof';
  readonly document: StrategyDocument;
  readonly params: ParamValues;
  readonly timeframe: Timeframe;
  readonly detailTimeframe: Timeframe | null;
  readonly config: RunConfig;
  readonly markets: readonly RunMarket[];
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
  | { readonly kind: 'proven'; readonly proof: BiasProof }
  | { readonly kind: 'done'; readonly summary: BacktestSummary; readonly result: Uint8Array<ArrayBuffer> };

/** The memory behind the columns, to be handed over with them. */
export const buffersOf = ({ time, open, high, low, close, volume }: CandleColumns): ArrayBuffer[] => [
  ...new Set([time, open, high, low, close, volume].map(({ buffer }) => buffer as ArrayBuffer)),
];

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
