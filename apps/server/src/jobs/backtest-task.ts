import type { CandleColumns, Timeframe } from '@wickworks/core';
import type { ParamValues, RunConfig, RunFile, RunMarket, StrategyDocument } from '@wickworks/engine';

/** What a worker is given. Candle columns are handed over, not copied. */
export interface BacktestTask {
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
  | { readonly kind: 'done'; readonly summary: BacktestSummary; readonly result: Uint8Array<ArrayBuffer> };

/** The memory behind the columns, to be handed over with them. */
export const buffersOf = ({ time, open, high, low, close, volume }: CandleColumns): ArrayBuffer[] => [
  ...new Set([time, open, high, low, close, volume].map(({ buffer }) => buffer as ArrayBuffer)),
];
