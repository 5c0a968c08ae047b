import { Candles, MS_PER_DAY } from '@wickworks/core';
import { describe, expect, it } from 'vitest';
import { readGolden } from '../../golden/talib.js';
import type { RoundTrip } from '../messages.js';
import { METRICS, summarise } from './metrics.js';
import { RunFacts } from './run-facts.js';
import { confidence, luckiestSharpe } from './sharpe-evidence.js';

/** Twelve trades of 100 quote each: long +10 six times and −5 twice, short −5 twice and +20 twice, in this order. */
const pnls = [10, 10, 10, -5, -5, 10, 10, 10, -5, -5, 20, 20];
const trips: readonly RoundTrip[] = pnls.map((pnl, i) => ({
  symbol: 'X/Y',
  market: 0,
  direction: i < 8 ? 'long' : 'short',
  entryTimeMs: i * MS_PER_DAY,
  exitTimeMs: i * MS_PER_DAY + (pnl > 0 ? 6 : 18) * 3_600_000,
  entryIndex: i,
  exitIndex: i,
  quantity: 1,
  entryPrice: 100,
  exitPrice: 100 + pnl,
  pnl,
  returnRatio: pnl / 100,
  fees: 1,
  carry: 0,
  fillIds: [],
  entryTag: '',
  exitTag: '',
}));

/** Forty days: 1,000 → 1,100 on day 0, down to 990 on day 9, back at 1,100 on day 19, up to 1,210, 1,089 at the end. */
const equity = Array.from({ length: 40 }, (_, day) =>
  day === 0 ? 1_100 : day < 19 ? (day === 9 ? 990 : 1_045) : day < 39 ? (day < 30 ? 1_100 : 1_210) : 1_089,
);
const market = Candles.fromRows(equity.map((_, day) => [day * MS_PER_DAY, 100, 200, 50, 100 + day, 1]));

const summary = summarise(
  new RunFacts({
    cash: 1_000,
    startMs: 0,
    timesMs: Float64Array.from(equity, (_value, day) => (day + 1) * MS_PER_DAY),
    equity: Float64Array.from(equity),
    roundTrips: trips,
    openTrips: [{ ...trips[0]!, entryTimeMs: 30 * MS_PER_DAY, pnl: -3 }],
    excursions: trips.map(({ pnl }) => ({ adverseRatio: pnl > 0 ? 0.01 : 0.04, favourableRatio: 0.1 })),
    costs: { fees: 12, slippage: 5, carry: -2, notional: 2_400 },
    benchmark: { candles: market, timeframe: '1d' },
    daysPerYear: 365,
    riskFreeRatio: 0,
    trials: { count: 10, sharpeDeviation: 0.02 },
  }),
);

const DAY = MS_PER_DAY;
const winShare = 8 / 12;
const deviationOf = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
};
const returns = equity.map((value, day) => value / (equity[day - 1] ?? 1_000) - 1);
const ulcer = Math.sqrt((17 * 0.05 ** 2 + 2 * 0.1 ** 2) / 40);

/** Each worked out by hand from the figures above. */
const expected: Readonly<Record<string, number>> = {
  totalReturn: 0.089,
  netProfit: 89,
  finalEquity: 1_089,
  peakEquity: 1_210,
  lowestEquity: 990,
  cagr: 1.089 ** (365 / 40) - 1,
  buyAndHold: 0.39,
  excessReturn: 0.089 - 0.39,
  // Trades cover 8 × 6 h and 4 × 18 h, the open one days 30 to 40.
  exposure: (5 + 10) / 40,
  // 100 off the first peak for 18 days, 121 off the second for a day (day 39 on day 40's point).
  maxDrawdown: 0.1,
  maxDrawdownQuote: 121,
  averageDrawdown: 0.1,
  longestDrawdownMs: 19 * DAY,
  averageDrawdownMs: 10 * DAY,
  recoveryMs: 10 * DAY,
  underwaterShare: 20 / 40,
  currentDrawdown: 0.1,
  ulcerIndex: ulcer,
  martin: (1.089 ** (365 / 40) - 1) / ulcer,
  recoveryFactor: 0.89,
  roundTrips: 12,
  longTrips: 8,
  shortTrips: 4,
  openTrips: 1,
  tripsPerDay: 0.3,
  openProfit: -3,
  winRatio: winShare,
  expectancy: 80 / 1_200,
  grossProfit: 100,
  grossLoss: -20,
  profitFactor: 5,
  expectancyQuote: 80 / 12,
  averageWin: 12.5,
  averageLoss: -5,
  payoffRatio: 2.5,
  expectancyRatio: 3.5 * winShare - 1,
  cpcIndex: 5 * winShare * 2.5,
  sqn: (Math.sqrt(12) * (80 / 12)) / deviationOf(pnls),
  kelly: winShare - (1 - winShare) / 2.5,
  riskOfRuin: ((1 - winShare) / (1 + winShare)) ** 12,
  bestTrip: 0.2,
  worstTrip: -0.05,
  largestWin: 20,
  largestLoss: -5,
  meanTripMs: (5 * DAY) / 12,
  longestTripMs: 0.75 * DAY,
  meanWinMs: 0.25 * DAY,
  meanLossMs: 0.75 * DAY,
  longestWinStreak: 3,
  longestLossStreak: 2,
  meanAdverse: (8 * 0.01 + 4 * 0.04) / 12,
  meanFavourable: 0.1,
  edgeRatio: 0.1 / 0.02,
  fees: 12,
  slippage: 5,
  carry: -2,
  costShare: 15 / (89 + 15),
  tradedNotional: 2_400,
  annualVariance: deviationOf(returns) ** 2 * 365,
  drawnTrips: 0,
  shortestTripMs: 0.25 * DAY,
  currentStreak: 2,
  largestAdverse: 0.04,
  largestFavourable: 0.1,
  meanGiveBack: 0.1 - 80 / 1_200,
  profitPerDrawdown: 89 / 121,
  returnPerExposure: (1.089 ** (365 / 40) - 1) / (15 / 40),
  turnoverPerYear: (2_400 / (equity.reduce((sum, value) => sum + value, 0) / 40)) * (365 / 40),
};

describe('by hand', () => {
  it.each(Object.entries(expected))('%s', (name, value) => {
    const ours = (summary as Readonly<Record<string, number | null>>)[name]!;
    expect(ours).toBeCloseTo(value, 10);
  });
});

it('calendar periods and the last years of a steady growth', () => {
  const days = 1_500;
  const found = summarise(
    new RunFacts({
      cash: 1_000,
      startMs: Date.UTC(2020, 10, 20),
      timesMs: Float64Array.from({ length: days }, (_, day) => Date.UTC(2020, 10, 21 + day)),
      equity: Float64Array.from({ length: days }, (_, day) => 1_000 * 1.001 ** (day + 1)),
      roundTrips: [],
      openTrips: [],
      excursions: [],
      costs: { fees: 0, slippage: 0, carry: 0, notional: 0 },
      benchmark: null,
      daysPerYear: 365,
      riskFreeRatio: 0,
      trials: null,
    }),
  );
  // 2020-11-20 to 2024-12-28, the year 2024 a leap year and 363 days long so far; 42 days of 2020.
  const grown = (count: number): number => 1.001 ** count - 1;
  expect([found.winningYears, found.winningQuarters, found.winningMonths]).toEqual([1, 1, 1]);
  expect(found.bestYear!).toBeCloseTo(grown(365), 10);
  expect(found.worstYear!).toBeCloseTo(grown(42), 10);
  expect(found.yearToDate!).toBeCloseTo(grown(363), 10);
  expect(found.monthToDate!).toBeCloseTo(grown(28), 10);
  expect(found.last3Months!).toBeCloseTo(grown(91), 10);
  expect(found.last12Months!).toBeCloseTo(grown(366), 10);
  expect(found.last36MonthsPerYear!).toBeCloseTo(1.001 ** (1_096 / 3) - 1, 10);
});

it('the probabilistic and the deflated Sharpe ratio follow the worked example of the paper', () => {
  // Bailey and López de Prado (2014): SR 2.5 a year over 1,250 days of 250, skew −3, kurtosis 10, 100 trials with a
  // variance of 1/2 a year: threshold 0.1132 a day, deflated Sharpe 0.9004.
  const ratio = 2.5 / Math.sqrt(250);
  const threshold = luckiestSharpe({ count: 100, sharpeDeviation: Math.sqrt(0.5 / 250) });
  expect(threshold).toBeCloseTo(0.1132, 4);
  expect(confidence({ ratio, threshold, skew: -3, kurtosis: 10, count: 1_250 })).toBeCloseTo(0.9004, 4);
  expect(summary.probabilisticSharpe!).toBeGreaterThan(summary.deflatedSharpe!);
});

it('every metric is held to something: by hand, by a library, by the paper or by a closed form', () => {
  // Our own committed file, made by golden/make-metrics.py.
  const golden = readGolden('metrics.json.gz') as Readonly<
    Record<'metrics' | 'tradeMetrics', Readonly<Record<string, number>>>
  >;
  const elsewhere = ['probabilisticSharpe', 'deflatedSharpe', 'pValue', 'winningYears', 'last36MonthsPerYear'];
  // The same calculation as one that is held, over other rows.
  const siblings = [
    ...['winRatioLong', 'winRatioShort', 'expectancyLong', 'expectancyShort', 'meanMonth', 'treynor'],
    ...['conditionalValueAtRisk95', 'conditionalValueAtRisk99'],
  ];
  const held = new Set([
    ...Object.keys(expected),
    ...Object.keys(golden.metrics),
    ...Object.keys(golden.tradeMetrics),
    ...elsewhere,
    ...siblings,
  ]);
  expect(METRICS.map(({ id }) => id).filter((id) => !held.has(id))).toEqual([]);
});
