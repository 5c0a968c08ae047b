import { Candles, MS_PER_DAY } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoundTrip } from '../messages.js';
import { METRICS, summarise, type MetricId } from './metrics.js';
import { RunFacts } from './run-facts.js';

/*
 * Accounts with too little in them: every figure is either told by its formula or n/a, never one that rounding or a
 * division by next to nothing made.
 */

type Summary = Readonly<Record<MetricId, number | null>>;

const trip = (pnl: number, index: number): RoundTrip => ({
  symbol: 'X/Y',
  market: 0,
  direction: index % 2 === 0 ? 'long' : 'short',
  entryTimeMs: index * MS_PER_DAY,
  exitTimeMs: (index + 1) * MS_PER_DAY,
  entryIndex: index,
  exitIndex: index + 1,
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
});

function summaryOf(equity: readonly number[], pnls: readonly number[] = [], marketCloses?: readonly number[]): Summary {
  const closes = marketCloses ?? equity.map((_, day) => 50 + (day % 7));
  return summarise(
    new RunFacts({
      cash: 100,
      startMs: 0,
      timesMs: Float64Array.from(equity, (_, day) => (day + 1) * MS_PER_DAY),
      equity: Float64Array.from(equity),
      roundTrips: pnls.map(trip),
      openTrips: [],
      excursions: pnls.map((pnl) => ({
        adverseRatio: Math.max(0, -pnl / 100),
        favourableRatio: Math.max(0, pnl / 100),
      })),
      costs: { fees: 0, slippage: 0, carry: 0, notional: 0 },
      benchmark: {
        candles: Candles.fromRows(
          closes.map((close, day) => {
            const open = closes[day - 1] ?? close ** 2 / (closes[1] ?? close);
            return [day * MS_PER_DAY, open, Math.max(open, close), Math.min(open, close), close, 1];
          }),
        ),
        timeframe: '1d',
      },
      daysPerYear: 365,
      riskFreeRatio: 0,
      trials: null,
    }),
  );
}

const days = (count: number, equityOf: (day: number) => number): number[] =>
  Array.from({ length: count }, (_, day) => equityOf(day));
const idsOf = (group: string): MetricId[] => METRICS.filter((metric) => metric.group === group).map(({ id }) => id);
const told = (summary: Summary, ids: readonly MetricId[]): MetricId[] => ids.filter((id) => summary[id] !== null);

/** What divides by the scatter of days, by a fall or by losing days. */
const RATIOS: readonly MetricId[] = [
  ...(['sharpe', 'sortino', 'smartSharpe', 'smartSortino', 'adjustedSortino', 'smartAdjustedSortino'] as const),
  ...([
    'calmar',
    'omega',
    'gainToPain',
    'gainToPainMonth',
    'serenity',
    'skew',
    'kurtosis',
    'outlierLossRatio',
  ] as const),
  ...(['commonSenseRatio', 'martin', 'recoveryFactor', 'profitPerDrawdown'] as const),
  ...(['correlation', 'rSquared', 'probabilisticSharpe'] as const),
];
const TRADE_COUNTS: readonly MetricId[] = [
  ...(['roundTrips', 'longTrips', 'shortTrips', 'openTrips', 'winningTrips', 'losingTrips', 'drawnTrips'] as const),
  ...(['tripsPerDay', 'openProfit', 'grossProfit', 'grossLoss'] as const),
  ...(['longestWinStreak', 'longestLossStreak', 'currentStreak'] as const),
];

describe('an account in which nothing happens', () => {
  it('has no candle: only sums of nothing are told', () => {
    const summary = summaryOf([], [], []);
    const sums: MetricId[] = [...TRADE_COUNTS, 'fees', 'slippage', 'carry', 'tradedNotional'];
    const tellable = told(
      summary,
      METRICS.map(({ id }) => id),
    );
    expect(tellable.filter((id) => !sums.includes(id))).toEqual([]);
    for (const id of tellable) expect(summary[id], id).toBe(0);
  });

  it('has no trade: no figure of trades but counts, all 0', () => {
    const summary = summaryOf(days(400, () => 100));
    const tellable = told(summary, idsOf('trades'));
    expect(tellable.filter((id) => !TRADE_COUNTS.includes(id))).toEqual([]);
    for (const id of tellable) expect(summary[id], id).toBe(0);
    expect(told(summary, [...RATIOS, 'winningDays', 'pValue', 'tailRatio', 'treynor'])).toEqual([]);
    expect([summary.totalReturn, summary.cagr, summary.volatility, summary.maxDrawdown, summary.exposure]).toEqual([
      0, 0, 0, 0, 0,
    ]);
  });

  it('trembles in the last digit: that is no return and no drawdown', () => {
    const summary = summaryOf(days(400, (day) => 100 + (day % 3) * 1.5e-14));
    expect(told(summary, RATIOS)).toEqual([]);
    expect([summary.volatility, summary.maxDrawdown, summary.underwaterShare, summary.ulcerIndex]).toEqual([
      0, 0, 0, 0,
    ]);
  });
});

describe('an account of one kind only', () => {
  it('grows by the same share every day: no scatter, no fall, nothing to divide by', () => {
    const summary = summaryOf(days(400, (day) => 100 * 1.01 ** (day + 1)));
    expect(told(summary, RATIOS)).toEqual([]);
    expect(summary.volatility).toBe(0);
    expect(summary.geometricDay).toBeCloseTo(0.01, 12);
    expect(summary.cagr! / (1.01 ** 365 - 1)).toBeCloseTo(1, 9);
  });

  it('beside a market that never moves or always alike: no beta, no alpha', () => {
    const equity = days(400, (day) => 100 + (day % 5));
    for (const closes of [days(400, () => 7), days(400, (day) => 3 * 1.001 ** day)])
      expect(told(summaryOf(equity, [], closes), ['beta', 'alpha', 'correlation', 'rSquared', 'treynor'])).toEqual([]);
  });

  it('has one trade: no share, mean or ratio of trades', () => {
    const summary = summaryOf(
      days(60, () => 110),
      [10],
    );
    expect(told(summary, ['winRatio', 'expectancy', 'profitFactor', 'payoffRatio', 'sqn', 'kelly', 'pValue'])).toEqual(
      [],
    );
    expect([summary.roundTrips, summary.bestTrip, summary.worstTrip, summary.largestLoss]).toEqual([1, 0.1, 0.1, null]);
    expect([summary.meanWinMs, summary.meanLossMs]).toEqual([MS_PER_DAY, null]);
  });

  it('wins always: nothing is said of losses or in units of them', () => {
    const summary = summaryOf(
      days(60, (day) => 101 + day),
      Array.from({ length: 40 }, (_, i) => 1 + (i % 3)),
    );
    const ofLosses: MetricId[] = ['profitFactor', 'payoffRatio', 'expectancyRatio', 'cpcIndex', 'kelly', 'averageLoss'];
    expect(told(summary, [...ofLosses, 'meanLossMs', 'longestLossMs', 'largestLoss'])).toEqual([]);
    expect([summary.winRatio, summary.lossRatio, summary.riskOfRuin, summary.longestWinStreak]).toEqual([1, 0, 0, 40]);
    expect([summary.grossLoss, summary.currentStreak, summary.maxDrawdown]).toEqual([0, 40, 0]);
  });

  it('loses always: nothing is said of wins or in units of them', () => {
    const summary = summaryOf(
      days(60, (day) => 99 - day),
      Array.from({ length: 40 }, (_, i) => -1 - (i % 3)),
    );
    expect(told(summary, ['payoffRatio', 'kelly', 'averageWin', 'meanWinMs', 'longestWinMs', 'largestWin'])).toEqual(
      [],
    );
    expect([summary.winRatio, summary.lossRatio, summary.profitFactor, summary.riskOfRuin]).toEqual([0, 1, 0, 1]);
    expect([summary.currentStreak, summary.longestLossStreak, summary.currentDrawdown]).toEqual([-40, 40, 0.6]);
    expect(summary.recoveryMs).toBeNull();
  });

  it('makes the same with every trade: luck cannot be told from skill', () => {
    const summary = summaryOf(
      days(60, () => 100),
      Array.from({ length: 40 }, () => 0.1 + 0.2),
    );
    expect(told(summary, ['sqn', 'pValue'])).toEqual([]);
    expect(summary.profitDeviation).toBe(0);
  });
});

describe('an account that owes', () => {
  const owing = days(400, (day) => (day < 100 ? 100 - day : -50 + (day - 100)));

  it('has no returns, growth or ratios of them; money and falls are told', () => {
    const summary = summaryOf(owing);
    expect(told(summary, idsOf('risk'))).toEqual([]);
    expect(told(summary, idsOf('market')).filter((id) => id !== 'buyAndHold')).toEqual([]);
    const ofReturns = METRICS.filter(
      ({ needs }) => (needs.days ?? needs.months ?? needs.quarters ?? needs.years ?? 0) > 0,
    );
    expect(
      told(
        summary,
        ofReturns.map(({ id }) => id),
      ),
    ).toEqual([]);
    expect(summary.lowestEquity).toBe(-50);
    expect(summary.maxDrawdown).toBe(1.5);
    expect(summary.maxDrawdownQuote).toBe(150);
    expect(summary.finalEquity).toBe(249);
  });

  it('owes on the last day alone: the loss is told, a steady growth is not', () => {
    // Half a year: the square of −0.5 would be a growth rate that looks like one.
    const summary = summaryOf(days(182, (day) => (day < 181 ? 100 + (day % 2) : -50)));
    expect(summary.totalReturn).toBe(-1.5);
    expect(summary.worstDay).toBeLessThan(-1);
    expect(told(summary, ['cagr', 'calmar', 'martin', 'treynor', 'returnPerExposure'])).toEqual([]);
  });

  it('lost everything: minus one hundred percent', () => {
    const summary = summaryOf(days(60, (day) => (day < 59 ? 100 : 0)));
    expect([summary.totalReturn, summary.cagr, summary.maxDrawdown, summary.currentDrawdown]).toEqual([-1, -1, 1, 1]);
  });
});

describe('whatever happens', () => {
  const equities = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 120 });
  const pnls = fc.array(fc.double({ min: -1e4, max: 1e4, noNaN: true }), { maxLength: 60 });

  it('a figure is n/a or finite, debts included', () => {
    fc.assert(
      fc.property(equities, pnls, (equity, profits) => {
        for (const [id, value] of Object.entries(summaryOf(equity, profits)))
          expect(value === null || Number.isFinite(value), id).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('shares lie between 0 and 1, wins and losses and zeros make up all trades, means lie between extremes', () => {
    fc.assert(
      fc.property(equities, pnls, (equity, profits) => {
        const found = summaryOf(equity, profits);
        const shares: MetricId[] = [
          ...(['winRatio', 'lossRatio', 'winningDays', 'winningMonths', 'exposure', 'underwaterShare'] as const),
          ...(['riskOfRuin', 'pValue', 'probabilisticSharpe', 'rSquared'] as const),
        ];
        for (const id of shares) {
          expect(found[id] ?? 0, id).toBeGreaterThanOrEqual(0);
          expect(found[id] ?? 0, id).toBeLessThanOrEqual(1 + 1e-9);
        }
        expect(found.winningTrips! + found.losingTrips! + found.drawnTrips!).toBe(profits.length);
        expect(found.longTrips! + found.shortTrips!).toBe(profits.length);
        expect(found.worstDay ?? 0).toBeLessThanOrEqual((found.meanDay ?? 0) + 1e-9);
        expect(found.meanDay ?? 0).toBeLessThanOrEqual((found.bestDay ?? 0) + 1e-9);
        expect(found.conditionalValueAtRisk95 ?? 0).toBeLessThanOrEqual((found.valueAtRisk95 ?? 0) + 1e-9);
        expect(found.averageDrawdown ?? 0).toBeLessThanOrEqual((found.maxDrawdown ?? 0) + 1e-9);
        expect(Math.abs(found.netProfit ?? 0)).toBeCloseTo(Math.abs((equity.at(-1) ?? 100) - 100), 6);
      }),
      { numRuns: 300 },
    );
  });

  it('scaling the account scales money and leaves ratios', () => {
    const positive = fc.array(fc.double({ min: 50, max: 200, noNaN: true }), { minLength: 40, maxLength: 120 });
    fc.assert(
      fc.property(positive, (equity) => {
        const facts = (factor: number): Summary =>
          summarise(
            new RunFacts({
              cash: 100 * factor,
              startMs: 0,
              timesMs: Float64Array.from(equity, (_, day) => (day + 1) * MS_PER_DAY),
              equity: Float64Array.from(equity, (value) => value * factor),
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
        const [small, large] = [facts(1), facts(1_024)];
        for (const { id, unit } of METRICS) {
          const expected = small[id] === null ? null : small[id] * (unit === 'quote' ? 1_024 : 1);
          expect(large[id], id).toBe(expected);
        }
      }),
      { numRuns: 100 },
    );
  });
});
