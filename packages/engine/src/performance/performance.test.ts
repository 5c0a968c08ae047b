import { Candles, MS_PER_DAY } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bollinger, smaCross } from '../../golden/strategies.js';
import { readCandles, readGolden } from '../../golden/talib.js';
import type { RoundTrip } from '../messages.js';
import { backtest, type BacktestRecord } from '../runner/backtest.js';
import { averageDrawdown } from './average-drawdown.js';
import { drawdowns, underwater } from './drawdowns.js';
import { excursions } from './excursions.js';
import { exposure } from './exposure.js';
import { histogramOf } from './histogram.js';
import { kurtosis } from './kurtosis.js';
import { METRICS, summarise } from './metrics.js';
import { quantileOf } from './moments.js';
import { normalQuantile, upperTail } from './normal.js';
import { omega } from './omega.js';
import { pValue } from './p-value.js';
import { dailyReturns, RunFacts } from './run-facts.js';
import type { RunOutcome } from './run-outcome.js';
import { sharpe } from './sharpe.js';
import { skew } from './skew.js';
import { sortino } from './sortino.js';
import { longestLossStreak, longestWinStreak } from './streaks.js';
import { conditionalValueAtRisk95, valueAtRisk95, valueAtRisk99 } from './value-at-risk.js';
import { valueOf } from './metric.js';
import { volatility } from './volatility.js';

const trip = (pnl: number, more: Partial<RoundTrip> = {}): RoundTrip => ({
  symbol: 'X/Y',
  market: 0,
  direction: 'long',
  entryTimeMs: 0,
  exitTimeMs: MS_PER_DAY,
  entryIndex: 0,
  exitIndex: 1,
  quantity: 1,
  entryPrice: 100,
  exitPrice: 100 + pnl,
  pnl,
  returnRatio: pnl / 100,
  fees: 0,
  carry: 0,
  fillIds: [],
  entryTag: '',
  exitTag: '',
  ...more,
});

const blank: RunOutcome = {
  cash: 100,
  startMs: 0,
  timesMs: new Float64Array(0),
  equity: new Float64Array(0),
  roundTrips: [],
  openTrips: [],
  excursions: [],
  costs: { fees: 0, slippage: 0, carry: 0, notional: 0 },
  benchmark: null,
  daysPerYear: 365,
  riskFreeRatio: 0,
  trials: null,
};

/** Equity at the end of each day. */
const factsOf = (equity: readonly number[], roundTrips: readonly RoundTrip[] = [], more: Partial<RunOutcome> = {}) =>
  new RunFacts({
    ...blank,
    timesMs: Float64Array.from(equity, (_, i) => (i + 1) * MS_PER_DAY),
    equity: Float64Array.from(equity),
    roundTrips,
    excursions: roundTrips.map(() => ({ adverseRatio: 0.1, favourableRatio: 0.2 })),
    ...more,
  });

const factsOfRun = (record: BacktestRecord): RunFacts =>
  new RunFacts({
    ...blank,
    cash: record.cash,
    startMs: record.equityTimesMs[0] ?? 0,
    timesMs: record.equityTimesMs,
    equity: record.equity,
    roundTrips: record.roundTrips,
  });

/** 60 days of +2 % and −1 % in turn. */
const zigzag = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 1.02 : 0.99)).reduce<number[]>(
  (equity, factor) => [...equity, (equity.at(-1) ?? 100) * factor],
  [],
);

describe('closed forms', () => {
  const facts = factsOf(zigzag);

  it('Sharpe, Sortino, volatility, Omega, skew and kurtosis of +2 %, −1 %', () => {
    // Mean 0.5 %, deviation 1.5 % (n) or × √(60 ÷ 59) (n − 1), shortfall 1 % ÷ √2.
    const deviation = 0.015 * Math.sqrt(60 / 59);
    expect(sharpe.calculate(facts)).toBeCloseTo((0.005 / deviation) * Math.sqrt(365), 10);
    expect(volatility.calculate(facts)).toBeCloseTo(deviation * Math.sqrt(365), 12);
    expect(sortino.calculate(facts)).toBeCloseTo((0.005 / (0.01 / Math.SQRT2)) * Math.sqrt(365), 10);
    expect(omega.calculate(facts)).toBeCloseTo(2, 10);
    expect(skew.calculate(facts)).toBeCloseTo(0, 8);
    expect(kurtosis.calculate(facts)).toBeCloseTo(-2, 8);
  });

  it('value at risk: the quantile and the mean beyond it; no 99 % from 60 days', () => {
    expect(valueAtRisk95.calculate(facts)).toBeCloseTo(-0.01, 12);
    expect(conditionalValueAtRisk95.calculate(facts)).toBeLessThanOrEqual(-0.01 + 1e-12);
    expect(valueOf(valueAtRisk99, facts)).toBeNull();
    expect(quantileOf([4, 1, 3, 2], 0.5)).toBe(2.5);
  });

  it('drawdowns: from peak to recovery, the last one open', () => {
    const found = drawdowns(factsOf([90, 100, 120, 60, 90, 120, 110]));
    expect(found.map(({ depthRatio, recoveredMs }) => [depthRatio, recoveredMs])).toEqual([
      [1 - 90 / 100, 2 * MS_PER_DAY],
      [0.5, 6 * MS_PER_DAY],
      [1 - 110 / 120, null],
    ]);
    expect(averageDrawdown.calculate(factsOf([90, 100]))).toBeCloseTo(0.1, 12);
  });

  it('days without a point are days without a return; midnight belongs to the day before', () => {
    const facts = {
      cash: 100,
      timesMs: Float64Array.of(MS_PER_DAY, 3 * MS_PER_DAY),
      equity: Float64Array.of(110, 121),
    };
    expect([...dailyReturns(facts)].map((value) => Number(value.toFixed(12)))).toEqual([0.1, 0, 0.1]);
  });

  it('round trips: streaks, overlap, excursions, p-value', () => {
    const row = factsOf(
      [],
      [1, 1, -1, 0, -1, -1, 1].map((pnl) => trip(pnl)),
    );
    expect([longestWinStreak.calculate(row), longestLossStreak.calculate(row)]).toEqual([2, 2]);
    const half = [trip(1), trip(1), trip(1, { entryTimeMs: MS_PER_DAY, exitTimeMs: 2 * MS_PER_DAY })];
    expect(exposure.calculate(factsOf([1, 1, 1, 1, 1], half))).toBeCloseTo(0.4, 12);
    const candles = Candles.fromRows([
      [0, 100, 110, 95, 100, 1],
      [1, 100, 120, 99, 100, 1],
    ]);
    const long = excursions(trip(0), 1, candles);
    expect(long.favourableRatio).toBeCloseTo(0.2, 12);
    expect(long.adverseRatio).toBeCloseTo(0.05, 12);
    expect(excursions(trip(0, { direction: 'short' }), 1, candles).adverseRatio).toBeCloseTo(0.2, 12);
    // z = √100 × 0.1 ÷ σ with σ² = 0.99 × 100 ÷ 99: one standard deviation, 15.87 % in the tail.
    const trips = Array.from({ length: 100 }, (_, i) => trip(i < 55 ? 1 : -1));
    expect(pValue.calculate(factsOf([], trips))).toBeCloseTo(0.158655253931457, 14);
  });

  it('too small a sample is null, never a number', () => {
    const summary = summarise(factsOf([101, 102], [trip(1)]));
    const kept = Object.entries(summary).filter(([, value]) => value !== null);
    const samples = METRICS.filter(({ id }) => kept.some(([name]) => name === id)).map(({ needs }) => needs);
    for (const { days = 0, months = 0, points = 0, trips = 0 } of samples)
      expect([days <= 2, months <= 1, points <= 2, trips <= 1]).toEqual([true, true, true, true]);
    for (const id of [
      'sharpe',
      'sortino',
      'calmar',
      'valueAtRisk95',
      'winRatio',
      'expectancy',
      'sqn',
      'kelly',
      'pValue',
    ])
      expect(summary).toHaveProperty(id, null);
    expect(summary.totalReturn).toBeCloseTo(0.02, 12);
    expect([summary.roundTrips, summary.winRatioShort, summary.buyAndHold]).toEqual([1, null, null]);
  });
});

describe('helpers', () => {
  it('the normal distribution: tails and their inverse', () => {
    // Values of scipy.stats.norm.sf.
    for (const [z, tail] of [
      [0, 0.5],
      [1, 0.15865525393145707],
      [-2.5, 0.993790334674224],
      [6, 9.865876450376946e-10],
      [10, 7.61985302416047e-24],
    ] as const) {
      expect(Math.abs(upperTail(z) - tail)).toBeLessThan(1e-15);
      expect(upperTail(z) / tail).toBeCloseTo(1, 8);
    }
    for (const p of [0.001, 0.05, 0.5, 0.9, 0.9999]) expect(1 - upperTail(normalQuantile(p))).toBeCloseTo(p, 12);
  });

  it('a histogram holds every value once', () => {
    expect(histogramOf([], 5)).toEqual([]);
    expect(histogramOf([2, 2], 5)).toEqual([{ from: 2, to: 2, count: 2 }]);
    expect(histogramOf([0, 1, 2, 3, 4], 2)).toEqual([
      { from: 0, to: 2, count: 2 },
      { from: 2, to: 4, count: 3 },
    ]);
  });
});

describe('whatever equity does', () => {
  it('drawdown lies in 0..1, the deepest is the lowest point under water, no metric is NaN or infinite', () => {
    const walks = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { maxLength: 120 });
    const pnls = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(walks, pnls, (equity, profits) => {
        const facts = factsOf(
          equity,
          profits.map((pnl) => trip(pnl)),
        );
        const summary = summarise(facts);
        for (const [name, value] of Object.entries<number | null>(summary))
          expect(value === null || Number.isFinite(value), name).toBe(true);
        if (equity.length > 0) expect(summary.maxDrawdown).toBe(Math.max(0, ...underwater(facts)));
        expect(summary.maxDrawdown ?? 0).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});

/*
 * Not compared, because the definitions differ: backtesting.py's annualised return, volatility and Sharpe are built on
 * the geometric mean of daily returns, its Sortino, Calmar and Alpha on those; its profit factor sums returns where
 * ours sums money; its average trade is a geometric mean; its buy and hold starts after the warm-up (ours by choice);
 * its exposure counts candles, ours time; its durations end at candle opens, ours too, but equity is dated one candle
 * later here (at the close), so they are compared as differences; its CAGR counts whole days.
 */
describe.each([
  { file: 'backtestingpy-smacross-1h.json.gz', market: 'btcusdt-1h-2021', timeframe: '1h', isCross: true },
  { file: 'backtestingpy-boll-4h.json.gz', market: 'btcusdt-4h', timeframe: '4h', isCross: false },
] as const)('statistics of the golden run $file', ({ file, market, timeframe, isCross }) => {
  const candles = readCandles(market);
  const rules = { symbol: 'BTC/USDT', tickSize: 0.01, lotSize: 1, minNotional: 0, makerFeeBps: 10, takerFeeBps: 10 };
  const common = { markets: [{ rules, timeframe, candles }], params: { closeAt: candles.length - 1 } };
  const run = isCross
    ? backtest({ ...common, strategy: smaCross, rules: { cash: 1e7 } })
    : backtest({ ...common, strategy: bollinger, rules: { cash: 1e7 } });
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  const record = run.value;
  // Our own committed file, made for this project.
  const { stats } = readGolden(file) as { stats: Readonly<Record<string, number>> };
  const summary = summarise(factsOfRun(record));

  it.each([
    ['totalReturn', 'Return [%]', 100],
    ['maxDrawdown', 'Max. Drawdown [%]', -100],
    ['averageDrawdown', 'Avg. Drawdown [%]', -100],
    ['longestDrawdownMs', 'Max. Drawdown Duration (ms)', 1],
    ['winRatio', 'Win Rate [%]', 100],
    ['bestTrip', 'Best Trade [%]', 100],
    ['worstTrip', 'Worst Trade [%]', 100],
    ['longestTripMs', 'Max. Trade Duration (ms)', 1],
    ['expectancy', 'Expectancy [%]', 100],
    ['sqn', 'SQN', 1],
    ['kelly', 'Kelly Criterion', 1],
    ['roundTrips', '# Trades', 1],
  ] as const)('%s equals %s', (name, theirs, factor) => {
    expect((summary[name]! * factor) / stats[theirs]!).toBeCloseTo(1, 9);
  });
});
