// Runs in the browser's Web Worker: the engine as it is, nothing of Node.
import { Candles, rowAt, type CandleRow } from '@wickworks/core';
import { compileStrategy, prepareRun, runBacktest, type RunInput, type StrategyDocument } from '@wickworks/engine';

/** A strategy with its costs, the market and its candles. */
export interface ParityTask {
  readonly document: StrategyDocument;
  readonly config: RunInput['config'];
  readonly market: Omit<RunInput['markets'][number], 'candles'>;
  readonly rows: readonly CandleRow[];
}

/** Result hashes of the same run made three ways: at once, in slices, and candle by candle as they close live. */
export function hashesOf({ document, config, market, rows }: ParityTask): readonly string[] {
  const compiled = compileStrategy(document);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  const inputOf = (candles: Candles): RunInput => ({
    strategy: compiled.value,
    document,
    markets: [{ ...market, candles }],
    timeframe: document.timeframe,
    ...(config && { config }),
  });
  const prepared = (candles: Candles) => {
    const run = prepareRun(inputOf(candles));
    if (!run.ok) throw new Error(JSON.stringify(run.error));
    return run.value;
  };
  const candles = Candles.fromRows(rows);
  const batch = runBacktest(inputOf(candles));
  if (!batch.ok) throw new Error(JSON.stringify(batch.error));

  const sliced = prepared(candles);
  while (sliced.advance(97) > 0);

  const growing = Candles.fromRows(rows.slice(0, 1));
  const stepwise = prepared(growing);
  stepwise.advance();
  for (let i = 1; i < candles.length; i++) {
    growing.push(rowAt(candles, i));
    stepwise.advance();
  }
  return [batch.value.resultHash, sliced.result().resultHash, stepwise.result().resultHash];
}
