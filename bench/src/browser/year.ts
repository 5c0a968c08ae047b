// Runs in Node and in the browser's Web Worker alike: a year of minutes through the whole backtest, metrics and hashes.
import { Candles, type CandleRow } from '@wickworks/core';
import { compileStrategy, runBacktest, type StrategyDocument } from '@wickworks/engine';

/** What one place measured: ms of each run, and the fingerprint that shows that it was the same run. */
export interface YearTimes {
  readonly ms: readonly number[];
  readonly resultHash: string;
}

const document: StrategyDocument = {
  schema: 1,
  name: 'SMA cross',
  timeframe: '1m',
  params: {},
  indicators: { fast: { id: 'sma', params: { period: 10 } }, slow: { id: 'sma', params: { period: 30 } } },
  conditions: {},
  entry: { long: { when: { crossesAbove: ['fast', 'slow'] } } },
  exit: { long: { when: { crossesBelow: ['fast', 'slow'] } } },
  size: { kind: 'equity', ratio: 1 },
};

/** Times `rounds` runs over `count` candles made of `rows`, repeated; two uncounted ones warm up. */
export function timeYear(rows: readonly CandleRow[], count: number, rounds: number): YearTimes {
  const start = rows[0]![0];
  const candles = Candles.fromRows(
    Array.from({ length: count }, (_, i): CandleRow => {
      const [, open, high, low, close, volume] = rows[i % rows.length]!;
      return [start + i * 60_000, open, high, low, close, volume];
    }),
  );
  const strategy = compileStrategy(document);
  if (!strategy.ok) throw new Error(JSON.stringify(strategy.error));
  const market = { exchange: 'file', symbol: 'BTC/USDT', tickSize: 0.01, lotSize: 0.00001, minNotional: 5, candles };
  const ms: number[] = [];
  let resultHash = '';
  for (let round = -2; round < rounds; round++) {
    const started = performance.now();
    const run = runBacktest({ strategy: strategy.value, document, markets: [market], timeframe: '1m' });
    if (!run.ok) throw new Error(JSON.stringify(run.error));
    if (round >= 0) ms.push(performance.now() - started);
    resultHash = run.value.resultHash;
  }
  return { ms, resultHash };
}
