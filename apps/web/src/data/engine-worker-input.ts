import { sliceColumns } from '@wickworks/client';
import { assert, timeframeMs, type CandleColumns, type Result, type SeriesKey, type TradeTape } from '@wickworks/core';
import {
  prepareRun,
  prepareSharedRun,
  proveShared,
  proveStrategy,
  type BacktestFault,
  type BiasProof,
  type Run,
  type RunInput,
  type RunLoans,
  type SharedRun,
  type SharedRunInput,
  type StrategyDefinition,
} from '@wickworks/engine';
import type { TestRequest } from './engine-worker-protocol.js';

/** Candles of one market on one timeframe, with the finer ones inside them. */
export interface TestSeries extends SeriesKey {
  readonly candles: CandleColumns;
  readonly detail?: CandleColumns;
}

/** By symbol the trades that decide inside candles; none of a run by candles alone. */
export type TestTapes = ReadonlyMap<string, TradeTape>;

/** One series that a run needs: open times `[fromMs, toMs)`. */
export interface WantedSeries extends SeriesKey {
  readonly fromMs: number;
  readonly toMs: number;
  /** Finer candles are wanted too; they would be the candles themselves where those are as fine. */
  readonly hasDetail: boolean;
}

/** A run as the engine takes it: of one strategy, or of several on one account. */
export type TestInput =
  { readonly kind: 'one'; readonly run: RunInput } | { readonly kind: 'several'; readonly run: SharedRunInput };

/** The series that a run needs: by market, then by timeframe, in the order of the strategies. */
export function seriesOf({ markets, strategies, detailTimeframe }: TestRequest): readonly WantedSeries[] {
  return markets.flatMap(({ exchange, symbol }) => {
    const trading = strategies.filter(({ symbols }) => symbols.includes(symbol));
    return [...new Set(trading.map(({ timeframe }) => timeframe))].map((timeframe) => {
      const first = trading.find((one) => one.timeframe === timeframe);
      assert(first, 'a timeframe is that of a strategy');
      const hasDetail = detailTimeframe !== null && detailTimeframe !== timeframe;
      return { exchange, symbol, timeframe, fromMs: first.fromMs, toMs: first.toMs, hasDetail };
    });
  });
}

/** What the engine is given: `definitions` are those of the strategies, `series` those that {@link seriesOf} asks for. */
export function inputOf(
  request: TestRequest,
  definitions: readonly StrategyDefinition[],
  { series, tapes }: { readonly series: readonly TestSeries[]; readonly tapes: TestTapes },
): TestInput {
  const { detailTimeframe, config, strategies } = request;
  const ownOf = (symbol: string): readonly TestSeries[] => series.filter((one) => one.symbol === symbol);
  const columnsOf = ({ candles, detail }: TestSeries) => ({ candles, ...(detail && { detail }) });
  const tradesOf = (symbol: string) => {
    const trades = tapes.get(symbol);
    return trades && { trades };
  };
  const [first] = strategies;
  const [definition] = definitions;
  assert(first && definition, 'a run has a strategy');
  if (!request.isShared) {
    const { document, params, timeframe } = first;
    const markets = request.markets.flatMap((market) =>
      ownOf(market.symbol).map((own) => ({ ...market, ...columnsOf(own), ...tradesOf(market.symbol) })),
    );
    return {
      kind: 'one',
      run: { strategy: definition, document, params, markets, timeframe, detailTimeframe, config },
    };
  }
  return {
    kind: 'several',
    run: {
      strategies: strategies.map(({ id, document, params, timeframe, symbols, allocation }, at) => {
        const strategy = definitions[at];
        assert(strategy, 'each strategy is compiled');
        return { id, strategy, document, params, timeframe, symbols, allocation };
      }),
      // A market that nobody trades is none of the run.
      markets: request.markets
        .map((market) => ({
          ...market,
          ...tradesOf(market.symbol),
          series: ownOf(market.symbol).map((own) => ({ timeframe: own.timeframe, ...columnsOf(own) })),
        }))
        .filter((market) => market.series.length > 0),
      detailTimeframe,
      config,
    },
  };
}

/** The run, ready to be worked through in slices; one of a single strategy may use what others left. */
export const prepareInput = (input: TestInput, loans?: RunLoans): Result<Run | SharedRun, BacktestFault> =>
  input.kind === 'one' ? prepareRun(input.run, loans) : prepareSharedRun(input.run);

/** Looks for bias over the newest `count` candles; of several strategies in each, over its share of them. */
export function proveInput(input: TestInput, count: number): BiasProof | null {
  if (input.kind === 'one') {
    const markets = input.run.markets.map((market) => ({ ...market, candles: newest(market.candles, count) }));
    const proof = proveStrategy({ ...input.run, markets });
    return proof.ok ? proof.value : null;
  }
  const share = Math.ceil(count / input.run.strategies.length);
  const markets = input.run.markets.map((market) => ({
    ...market,
    series: market.series.map((one) => ({ ...one, candles: newest(one.candles, share) })),
  }));
  const proof = proveShared({ ...input.run, markets });
  return proof.ok ? proof.value : null;
}

/** The finest candles of each market. */
export function finestOf(series: readonly TestSeries[]): readonly TestSeries[] {
  const finest = new Map<string, TestSeries>();
  for (const one of series) {
    const known = finest.get(one.symbol);
    if (!known || timeframeMs(one.timeframe) < timeframeMs(known.timeframe)) finest.set(one.symbol, one);
  }
  return [...finest.values()];
}

const newest = (candles: CandleColumns, count: number): CandleColumns =>
  sliceColumns(candles, Math.max(0, candles.length - count), candles.length);
