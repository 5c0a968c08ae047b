import { readFileSync, writeFileSync } from 'node:fs';
import { Candles, copyColumns, rowAt, type Timeframe } from '@wickworks/core';
import { describe, expect, it } from 'vitest';
import { readCandles } from '../../golden/talib.js';
import { chance } from '../../golden/wild-strategy.js';
import { compileStrategy } from '../strategies/compile-strategy.js';
import type { StrategyDocument } from '../strategies/document.js';
import { listExamples } from '../strategies/examples.js';
import { prepareRun, runBacktest, type Run, type RunInput } from './run.js';
import { dataHashOf } from './run-hash.js';
import type { RunConfig, RunMarket } from './run-types.js';

const FILE = new URL('../../../../fixtures/backtest/parity.json', import.meta.url);

interface Parity {
  readonly candles: string;
  readonly rows: number;
  readonly timeframe: Timeframe;
  readonly market: Omit<RunMarket, 'candles'>;
  readonly dataHash: string;
  readonly runs: readonly {
    readonly document: StrategyDocument;
    readonly config: Partial<RunConfig>;
    readonly resultHash: string;
  }[];
}

// Our own committed file, see fixtures/backtest/README.md.
const parity = (): Parity => JSON.parse(readFileSync(FILE, 'utf8')) as Parity;

const market: Omit<RunMarket, 'candles'> = {
  exchange: 'file',
  symbol: 'BTC/USDT',
  tickSize: 0.01,
  lotSize: 0.00001,
  minNotional: 5,
};
const ROWS = 2_500;

function inputOf(document: StrategyDocument, config: Partial<RunConfig>, candles: Candles): RunInput | null {
  const compiled = compileStrategy(document);
  if (!compiled.ok) return null;
  return {
    strategy: compiled.value,
    document,
    markets: [{ ...market, candles }],
    timeframe: document.timeframe,
    config,
  };
}

function prepared(input: RunInput): Run {
  const run = prepareRun(input);
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  return run.value;
}

const candles = copyColumns(readCandles('btcusdt-1h-2021'), 0, ROWS);

if (process.env['WICK_WRITE_FIXTURES'] === '1') {
  const configs: readonly Partial<RunConfig>[] = [
    {},
    { slippage: { kind: 'square-root', coefficient: 0.5 }, volumeShareMax: 0.0001, latencyMs: 250 },
    { shorting: true, leverage: 3, slippage: { kind: 'bps', bps: 4 }, borrowRatioPerDay: 0.0002, makerFeeBps: 2 },
  ];
  const runs = listExamples().flatMap((example, i) => {
    const document: StrategyDocument = { ...example.document, timeframe: '1h' };
    const config = configs[i % configs.length]!;
    const input = inputOf(document, config, candles);
    const result = input && runBacktest(input);
    return result?.ok ? [{ document, config, resultHash: result.value.resultHash }] : [];
  });
  const dataHash = dataHashOf([{ ...market, candles }]);
  const file: Parity = {
    ...{ candles: 'packages/engine/golden/candles-btcusdt-1h-2021.csv.gz', rows: ROWS },
    ...{ timeframe: '1h', market, dataHash, runs },
  };
  writeFileSync(FILE, `${JSON.stringify(file, null, 2)}\n`);
}

describe('the same result wherever and however it is made', () => {
  const { runs, dataHash } = parity();

  it('has runs of many kinds that trade', () => {
    expect(runs.length).toBeGreaterThan(9);
    const trades = runs.map(({ document, config }) => {
      const result = runBacktest(inputOf(document, config, candles)!);
      return result.ok ? result.value.trades.length : 0;
    });
    expect(trades.filter((count) => count > 0).length).toBeGreaterThan(8);
  });

  it.each(runs)('$document.name: batch, slices and candle by candle', ({ document, config, resultHash }) => {
    const input = inputOf(document, config, candles)!;
    const batch = runBacktest(input);
    expect(batch.ok && batch.value.dataHash).toBe(dataHash);
    expect(batch.ok && batch.value.resultHash).toBe(resultHash);

    const sliced = prepared(input);
    for (let i = 0; sliced.advance(1 + Math.floor(chance(9, i, 1) * 400)) > 0;) i++;
    expect(sliced.result().resultHash).toBe(resultHash);

    const growing = Candles.fromRows([rowAt(candles, 0)]);
    const stepwise = prepared(inputOf(document, config, growing)!);
    stepwise.advance();
    for (let i = 1; i < candles.length; i++) {
      growing.push(rowAt(candles, i));
      stepwise.advance();
    }
    expect(stepwise.result().resultHash).toBe(resultHash);
  });
});
