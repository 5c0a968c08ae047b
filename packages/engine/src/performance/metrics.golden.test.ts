import { Candles, MS_PER_DAY } from '@wickworks/core';
import { describe, expect, it } from 'vitest';
import { readGolden } from '../../golden/talib.js';
import type { RoundTrip } from '../messages.js';
import { METRICS, summarise } from './metrics.js';
import { RunFacts } from './run-facts.js';

// Our own committed file, made by golden/make-metrics.py with quantstats, empyrical-reloaded and freqtrade.
const golden = readGolden('metrics.json.gz') as {
  readonly firstDay: string;
  readonly deposit: number;
  readonly firstOpen: number;
  readonly equity: readonly number[];
  readonly prices: readonly number[];
  readonly metrics: Readonly<Record<string, number>>;
  /** Divided by the population's deviation where ours is the sample's. */
  readonly populationMetrics: Readonly<Record<string, number>>;
  readonly trades: readonly (readonly [entryMs: number, exitMs: number, isShort: number, stake: number, pnl: number])[];
  readonly tradeMetrics: Readonly<Record<string, number>>;
  /** As far as freqtrade's rounding goes. */
  readonly roundedTradeMetrics: Readonly<Record<string, number>>;
};

const startMs = Date.parse(golden.firstDay);
const market = new Candles(golden.prices.length);
golden.prices.forEach((close, day) => {
  const open = golden.prices[day - 1] ?? golden.firstOpen;
  market.push([startMs + day * MS_PER_DAY, open, Math.max(open, close), Math.min(open, close), close, 1]);
});
const trips = golden.trades.map(([entryTimeMs, exitTimeMs, isShort, stake, pnl], index): RoundTrip => ({
  symbol: 'X/Y',
  market: 0,
  direction: isShort === 1 ? 'short' : 'long',
  entryTimeMs,
  exitTimeMs,
  entryIndex: index,
  exitIndex: index,
  quantity: stake / 100,
  entryPrice: 100,
  exitPrice: 100,
  pnl,
  returnRatio: pnl / stake,
  fees: 0,
  carry: 0,
  fillIds: [],
  entryTag: '',
  exitTag: '',
}));
const summary: Readonly<Record<string, number | null>> = summarise(
  new RunFacts({
    cash: golden.deposit,
    startMs,
    timesMs: Float64Array.from(golden.equity, (_, day) => startMs + (day + 1) * MS_PER_DAY),
    equity: Float64Array.from(golden.equity),
    roundTrips: trips,
    openTrips: [],
    excursions: [],
    costs: { fees: 0, slippage: 0, carry: 0, notional: 0 },
    benchmark: { candles: market, timeframe: '1d' },
    daysPerYear: 365,
    riskFreeRatio: 0,
    trials: null,
  }),
);

describe('quantstats, empyrical, scipy and freqtrade on a committed account', () => {
  it.each(Object.entries({ ...golden.metrics, ...golden.tradeMetrics }))('%s agrees to 1e-9', (name, theirs) => {
    expect(summary[name]! / theirs).toBeCloseTo(1, 9);
  });

  it.each(Object.entries(golden.populationMetrics))('%s agrees but for the kind of deviation', (name, theirs) => {
    const days = golden.equity.length;
    expect((summary[name]! / theirs) * Math.sqrt(days / (days - 1))).toBeCloseTo(1, 9);
  });

  it.each(Object.entries(golden.roundedTradeMetrics))('%s agrees as far as freqtrade tells', (name, theirs) => {
    expect(summary[name]!).toBeCloseTo(theirs, 4);
  });

  it('names only figures that there are', () => {
    expect(Object.keys({ ...golden.metrics, ...golden.tradeMetrics }).length).toBeGreaterThan(75);
    const known = new Set<string>(METRICS.map(({ id }) => id));
    for (const name of Object.keys({ ...golden.metrics, ...golden.tradeMetrics }))
      expect(known.has(name), name).toBe(true);
  });
});
