import { BacktestRequest, StrategyDocument } from '@wickworks/contracts';
import { Candles, toRows, type CandleRow, type Timeframe, type TradeTape } from '@wickworks/core';
import { compileStrategy, listExamples, type StrategyDefinition } from '@wickworks/engine';
import { describe, expect, it } from 'vitest';
import { serverRequestOf } from './backtests-server.js';
import { differenceOf } from './engine-worker-compare.js';
import { browserRequestOf, readResultFile, requestOf, resultFile } from './engine-worker-file.js';
import { inputOf, prepareInput, proveInput, seriesOf, type TestSeries, type TestTapes } from './engine-worker-input.js';
import { packData } from './engine-worker-page.js';
import { unpackColumns, unpackTape } from './engine-worker-packing.js';
import { reportOf } from './engine-worker-report.js';
import type { TestRequest } from './engine-worker-protocol.js';

const HOUR = 3_600_000;
const COUNT = 1_200;

const rowsOf = (phase: number): CandleRow[] =>
  Array.from({ length: COUNT }, (_, index): CandleRow => {
    const at = (step: number): number =>
      Math.round(100 * (100 + 20 * Math.sin(step / 20 + phase) + 3 * Math.sin(step / 3))) / 100;
    const [open, close] = [at(index - 1), at(index)];
    return [index * HOUR, open, Math.max(open, close) + 0.5, Math.min(open, close) - 0.5, close, 1_000];
  });

/** Candles of a swinging price; the wider ones are made of those of an hour. */
function candlesOf(phase: number, timeframe: Timeframe): Candles {
  const rows = rowsOf(phase);
  if (timeframe === '1h') return Candles.fromRows(rows);
  const wide: CandleRow[] = [];
  for (let at = 0; at + 4 <= rows.length; at += 4) {
    const four = rows.slice(at, at + 4);
    const [first, last] = [four[0]!, four[3]!];
    const high = Math.max(...four.map((row) => row[2]));
    wide.push([first[0], first[1], high, Math.min(...four.map((row) => row[3])), last[4], 4_000]);
  }
  return Candles.fromRows(wide);
}

function strategyOf(example: string, timeframe: Timeframe) {
  const found = listExamples().find(({ id }) => id === example);
  return StrategyDocument.parse({ ...found?.document, timeframe });
}

const RULES = { tickSize: 0.01, lotSize: 0.000_001, minNotional: 0 };
const RANGE = { fromMs: 0, toMs: COUNT * HOUR };
const SHARED: TestRequest = {
  strategies: [
    {
      ...{ document: strategyOf('trend-ema-cross', '4h'), params: {}, timeframe: '4h', symbols: ['A/USDT'] },
      ...{ allocation: 0.5, ...RANGE },
    },
    {
      ...{ document: strategyOf('breakout-donchian', '1h'), params: {}, timeframe: '1h' },
      ...{ symbols: ['A/USDT', 'B/USDT'], allocation: null, ...RANGE },
    },
  ],
  isShared: true,
  markets: [
    { exchange: 'local', symbol: 'A/USDT', ...RULES },
    { exchange: 'local', symbol: 'B/USDT', ...RULES },
    { exchange: 'local', symbol: 'C/USDT', ...RULES },
  ],
  detailTimeframe: null,
  detailTrades: false,
  config: {},
};

const loaded = (request: TestRequest): TestSeries[] =>
  seriesOf(request).map((wanted) => ({
    ...wanted,
    candles: candlesOf(wanted.symbol === 'A/USDT' ? 0 : 1, wanted.timeframe),
  }));

function compiled(request: TestRequest): StrategyDefinition[] {
  return request.strategies.map(({ document }) => {
    const made = compileStrategy(StrategyDocument.parse(document));
    if (!made.ok) throw new Error('compiles');
    return made.value;
  });
}

function run(request: TestRequest, tapes: TestTapes = new Map(), series: readonly TestSeries[] = loaded(request)) {
  const input = inputOf(request, compiled(request), { series, tapes });
  const prepared = prepareInput(input);
  if (!prepared.ok) throw new Error(prepared.error.kind);
  while (prepared.value.advance(10_000) > 0);
  return { series, input, result: prepared.value.result() };
}

describe('several strategies on one account, in the browser', () => {
  it('need each series once: of the markets that are traded, on the timeframes that trade them', () => {
    expect(seriesOf(SHARED).map(({ symbol, timeframe }) => `${symbol} ${timeframe}`)).toEqual([
      'A/USDT 4h',
      'A/USDT 1h',
      'B/USDT 1h',
    ]);
  });

  it('are asked for finer candles except where their own are as fine', () => {
    const wanted = seriesOf({ ...SHARED, detailTimeframe: '1h' });
    expect(wanted.map(({ hasDetail }) => hasDetail)).toEqual([true, false, false]);
  });

  it('run, are proved each, and say whose each trade is', () => {
    const { result, input } = run(SHARED);
    const ids = result.setup.strategies?.map(({ id }) => id) ?? [];
    expect(ids).toHaveLength(2);
    expect(new Set(result.trades.map(({ strategyId }) => strategyId))).toEqual(new Set(ids));
    const proof = proveInput(input, 400);
    expect(new Set(proof?.checks.map(({ strategyId }) => strategyId))).toEqual(new Set(ids));
  });

  it('are verified from their own file, and found out when a figure was changed', () => {
    const { result } = run(SHARED);
    const file = readResultFile(JSON.stringify(resultFile(result, null)));
    if (!file.ok) throw new Error(file.error.message);
    const again = browserRequestOf(file.value);
    if (!again.ok) throw new Error(again.error.message);
    const second = run(again.value).result;
    expect(second.resultHash).toBe(result.resultHash);
    expect(differenceOf(file.value, second)).toBeNull();
    const forged = { ...file.value, metrics: { ...file.value.metrics, sharpe: 9 } };
    expect(differenceOf(forged, second)).toBe('metrics.sharpe');
  });

  it('divide the exposure of the account among them', () => {
    const { result, series } = run(SHARED);
    const report = reportOf(result, { specs: [], series, runMs: 1, isFromServer: false, hashes: result, proof: null });
    const { exposureMean } = report.equity;
    expect(report.exposureBy).toHaveLength(2);
    for (const split of report.exposureBy) expect(Math.max(...split)).toBeGreaterThan(0.01);
    exposureMean.forEach((ratio, at) =>
      expect(report.exposureBy.reduce((sum, split) => sum + split[at]!, 0)).toBeCloseTo(ratio, 9),
    );
    expect(report.trades.strategy).toHaveLength(report.trades.count);
  });

  it('are asked of the server in the words of its contract', () => {
    const body = BacktestRequest.parse(serverRequestOf(SHARED));
    expect(body.strategies?.map(({ symbols, allocation }) => [symbols, allocation])).toEqual([
      [['A/USDT'], 0.5],
      [['A/USDT', 'B/USDT'], undefined],
    ]);
    expect(body.strategy).toBeUndefined();
  });
});

/** Trades that make up candles, each of which reaches its high before its low. */
function tapeOf({ candles }: TestSeries): TradeTape {
  const rows = toRows(candles).flatMap(([openMs, open, high, low, close, volume]) =>
    [open, high, low, close].map((price, at) => [openMs + at, price, volume / 4] as const),
  );
  const trades = {
    length: rows.length,
    time: Float64Array.from(rows, ([timeMs]) => timeMs),
    price: Float64Array.from(rows, ([, price]) => price),
    quantity: Float64Array.from(rows, ([, , quantity]) => quantity),
  };
  return { trades, covered: [[0, COUNT * HOUR]] };
}

describe('a run that stored trades decided', () => {
  const alone: TestRequest = { ...SHARED, strategies: [SHARED.strategies[1]!], isShared: false };

  it.each([
    ['alone', { ...alone, markets: alone.markets.slice(0, 2) }],
    ['on one account', SHARED],
  ])('is the same again over what a page carries of it: %s', (_, request) => {
    const series = loaded(request);
    const hourly = series.filter(({ timeframe }) => timeframe === '1h');
    const tapes = new Map(hourly.map((one) => [one.symbol, tapeOf(one)]));
    const { result } = run(request, tapes);
    expect(result.setup.detailTrades).toBe(true);
    expect(result.intrabar?.trades).toBeGreaterThan(10);
    expect(result.resultHash).not.toBe(run(request).result.resultHash);

    const file = resultFile(result, null);
    const again = requestOf(file);
    if (!again.ok) throw new Error(again.error.message);
    expect(again.value.detailTrades).toBe(true);
    const packed = packData(series, tapes);
    if (!packed.ok) throw new Error('small enough');
    const unpacked = new Map(packed.value.tapes.map((tape) => [tape.symbol, unpackTape(tape)]));
    const carried = series.map((one, at) => ({ ...one, candles: unpackColumns(packed.value.series[at]!) }));
    expect(differenceOf(file, run(again.value, unpacked, carried).result)).toBeNull();
  });

  it('is left to the server, whose request carries on with trades', () => {
    const file = resultFile(run({ ...alone, markets: alone.markets.slice(0, 2) }).result, null);
    const decided = { ...file, setup: { ...file.setup, detailTrades: true as const } };
    expect(browserRequestOf(decided)).toMatchObject({ ok: false, error: { kind: 'needs-server' } });
    const request = requestOf(decided);
    if (!request.ok) throw new Error(request.error.message);
    const body = BacktestRequest.parse(serverRequestOf(request.value));
    expect(body).toMatchObject({ detailTrades: true, fromMs: 0, toMs: COUNT * HOUR });
    expect(body.strategies).toBeUndefined();
  });
});
