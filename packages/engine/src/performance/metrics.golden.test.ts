import { Candles, MS_PER_DAY } from '@wickworks/core';
import { describe, expect, it } from 'vitest';
import { readGolden } from '../../golden/talib.js';
import { METRICS, summarise } from './metrics.js';
import { RunFacts } from './run-facts.js';

// Our own committed file, made by golden/make-metrics.py with quantstats and empyrical-reloaded.
const golden = readGolden('metrics.json.gz') as {
  readonly firstDay: string;
  readonly deposit: number;
  readonly firstOpen: number;
  readonly equity: readonly number[];
  readonly prices: readonly number[];
  readonly metrics: Readonly<Record<string, number>>;
};

const startMs = Date.parse(golden.firstDay);
const market = new Candles(golden.prices.length);
golden.prices.forEach((close, day) => {
  const open = golden.prices[day - 1] ?? golden.firstOpen;
  market.push([startMs + day * MS_PER_DAY, open, Math.max(open, close), Math.min(open, close), close, 1]);
});
const summary: Readonly<Record<string, number | null>> = summarise(
  new RunFacts({
    cash: golden.deposit,
    startMs,
    timesMs: Float64Array.from(golden.equity, (_, day) => startMs + (day + 1) * MS_PER_DAY),
    equity: Float64Array.from(golden.equity),
    roundTrips: [],
    openTrips: [],
    excursions: [],
    costs: { fees: 0, slippage: 0, carry: 0, notional: 0 },
    benchmark: { candles: market, timeframe: '1d' },
    daysPerYear: 365,
    riskFreeRatio: 0,
    trials: null,
  }),
);

describe('quantstats, empyrical and scipy on a committed equity series', () => {
  it.each(Object.entries(golden.metrics))('%s agrees to 1e-9', (name, theirs) => {
    expect(summary[name]! / theirs).toBeCloseTo(1, 9);
  });

  it('covers every figure of daily and monthly returns that those libraries define as we do', () => {
    expect(Object.keys(golden.metrics).length).toBeGreaterThan(30);
    const known = new Set<string>(METRICS.map(({ id }) => id));
    for (const name of Object.keys(golden.metrics)) expect(known.has(name), name).toBe(true);
  });
});
