import { Candles, rowAt, type CandleRow } from '@wickworks/core';
import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { rulesOf, walk } from '../../golden/walk.js';
import { chance } from '../../golden/wild-strategy.js';
import type { InstrumentRules } from '../market/instrument.js';
import { compileStrategy, interpretStrategy } from '../strategies/compile-strategy.js';
import type { Condition, StrategyDocument } from '../strategies/document.js';
import { prepareBacktest, type BacktestRules } from './backtest.js';
import { SignalTrips } from './signal-trips.js';
import type { StrategyDefinition } from './strategy.js';

const up: Condition = { crossesAbove: ['fast', 'slow'] };
const down: Condition = { crossesBelow: ['fast', 'slow'] };
const overPrice: Condition = { crossesAbove: ['close', 'slow'] };
const underPrice: Condition = { crossesBelow: ['close', 'fast'] };
/** True at many candles on end, often together with its opposite's cross. */
const over: Condition = { compare: ['fast', '>', 'slow'] };
const overAtNoon: Condition = { all: [over, { compare: ['hour', '>=', 12] }] };

const documents: fc.Arbitrary<StrategyDocument> = fc
  .record({
    fast: fc.integer({ min: 1, max: 6 }),
    slow: fc.integer({ min: 2, max: 15 }),
    enter: fc.constantFrom<Condition>(up, down, overPrice, underPrice, 'up', over, overAtNoon),
    leave: fc.constantFrom<Condition>(up, down, overPrice, underPrice, 'down', over, { not: over }),
    label: fc.option(fc.constant('because'), { nil: undefined }),
    size: fc.oneof(
      fc.record({ kind: fc.constant('equity' as const), ratio: fc.constantFrom(1, 0.37, 0.01) }),
      fc.record({ kind: fc.constant('quote' as const), amount: fc.constantFrom(7, 250.55, 1e6) }),
    ),
    shortToo: fc.constantFrom(false, false, false, false, true),
  })
  .map(({ fast, slow, enter, leave, label, size, shortToo }) => ({
    schema: 1,
    name: 'Signals',
    timeframe: '1h',
    params: {},
    indicators: { fast: { id: 'sma', params: { period: fast } }, slow: { id: 'sma', params: { period: slow } } },
    conditions: { up, down },
    entry: {
      long: { when: enter, ...(label !== undefined && { label }) },
      ...(shortToo && { short: { when: leave } }),
    },
    exit: { long: { when: leave } },
    size,
  }));

const markets: fc.Arbitrary<InstrumentRules> = fc
  .record({
    tickSize: fc.constantFrom(0.01, 0.01, 0.01, 0.01, 1e-4, 0.05, 1e-6),
    lotSize: fc.constantFrom(1e-8, 1e-5, 1e-5, 0.001, 0.001, 0.3, 10),
    minNotional: fc.constantFrom(0, 5, 240),
    takerFeeBps: fc.constantFrom(0, 10, 10.01, 75),
  })
  .map((terms) => ({ ...rulesOf('A/USDT'), ...terms }));

const accounts: fc.Arbitrary<Partial<BacktestRules>> = fc.record({
  cash: fc.constantFrom(20, 10_000, 123_456.78, 9e7),
  shorting: fc.boolean(),
  latencyMs: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 3_600_000),
  positionsMax: fc.constantFrom(1, Infinity),
});

/** A walk of which some candles are missing and some open off the tick; `scale` times as dear. */
function market(seed: number, scale: number): Candles {
  const whole = walk(seed, 260);
  const rows = Array.from({ length: whole.length }, (_, i): CandleRow => {
    const [timeMs, open, high, low, close, volume] = rowAt(whole, i);
    const shift = chance(seed, i, 56) < 0.01 ? 0.001 : 0;
    return [timeMs, (open + shift) * scale, (high + shift) * scale, low * scale, close * scale, volume];
  });
  return Candles.fromRows(rows.filter((_, i) => i === 0 || chance(seed, i, 55) > 0.02));
}

interface Wish {
  readonly document: StrategyDocument;
  readonly rules: InstrumentRules;
  readonly account: Partial<BacktestRules>;
  readonly seed: number;
  readonly scale: number;
}

/** Everything there is to know afterwards, worked through in slices. */
function outcome(wish: Wish, strategy: StrategyDefinition, slice: number): unknown {
  const { rules, account, seed, scale } = wish;
  const candles = market(seed, scale);
  const prepared = prepareBacktest({ markets: [{ rules, timeframe: '1h', candles }], strategy, rules: account });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  while (prepared.value.advance(slice) > 0);
  const { portfolio } = prepared.value.session;
  const { equity, equityTimesMs, fills, orders, refusals, roundTrips, fees, cash } = prepared.value.record();
  const { exactCash } = portfolio;
  const left = [exactCash, portfolio.cash, portfolio.equity(), portfolio.unitsOf(0), portfolio.openTrips()];
  return { equity, equityTimesMs, fills, orders, refusals, roundTrips, fees, cash, left };
}

const wishes: fc.Arbitrary<Wish> = fc.record({
  document: documents,
  rules: markets,
  account: accounts,
  seed: fc.integer({ min: 1, max: 1e6 }),
  scale: fc.constantFrom(1, 1, 1, 1, 700, 1e-2),
});

const made = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

afterEach(() => {
  vi.restoreAllMocks();
});

// One candle at a time nothing is ahead: each order goes through desk, broker and portfolio.
it('trips made whole leave the very record of those made order by order', () => {
  const run = vi.spyOn(SignalTrips.prototype, 'run');
  let wholes = 0;
  let runs = 0;
  fc.assert(
    fc.property(wishes, fc.integer({ min: 2, max: 120 }), (wish, slice) => {
      run.mockClear();
      const compiled = made(compileStrategy(wish.document));
      const single = outcome(wish, compiled, 1);
      expect(run.mock.results.every(({ value }, call) => value === run.mock.calls[call]![1].from)).toBe(true);
      run.mockClear();
      expect(outcome(wish, compiled, Infinity)).toEqual(single);
      runs++;
      if (run.mock.results.some(({ value }, call) => value > run.mock.calls[call]![1].from)) wholes++;
      run.mockClear();
      expect(outcome(wish, compiled, slice)).toEqual(single);
      run.mockClear();
      expect(outcome(wish, made(interpretStrategy(wish.document)), Infinity)).toEqual(single);
      expect(run).not.toHaveBeenCalled();
    }),
    { numRuns: 600, seed: 20240201 },
  );
  expect(wholes / runs).toBeGreaterThan(0.25);
});
