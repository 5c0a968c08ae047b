import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rulesOf, walk } from '../../golden/walk.js';
import { chance } from '../../golden/wild-strategy.js';
import { number } from '../indicators/params.js';
import type { PlaceIntent, Size } from '../messages.js';
import { prepareBacktest, type BacktestRecord, type BacktestRules } from './backtest.js';
import { defineStrategy, NO_INTENTS, type StrategyContext } from './strategy.js';

/** One market order of any side and size: too large and too small ones, some that may only reduce, some in pairs. */
function order(context: StrategyContext, seed: number): PlaceIntent {
  const draw = (salt: number): number => chance(seed, context.index, salt);
  const { symbol, equity, buyingPower, position } = context;
  const close = context.candles.close[context.index]!;
  const sizes: readonly Size[] = [
    { kind: 'quantity', quantity: (equity * draw(2)) / close },
    { kind: 'quantity', quantity: (buyingPower * 0.999) / close },
    { kind: 'quantity', quantity: Math.abs(position) * (0.5 + draw(3)) },
    { kind: 'spend', quote: buyingPower * draw(4) },
    { kind: 'spend', quote: buyingPower },
    { kind: 'spend', quote: 0.01 },
    { kind: 'position' },
  ];
  const side = draw(1) < 0.5 ? 'buy' : 'sell';
  const size = sizes[Math.floor(draw(5) * sizes.length)]!;
  return { kind: 'place', type: 'market', symbol, side, size, tag: 'any', reduceOnly: draw(6) < 0.3 };
}

const anyMarketOrder = defineStrategy({
  id: 'any-market-order',
  title: 'Market orders',
  params: { seed: number('Seed', 1, 0, 2 ** 31, 1) },
  warmup: () => 3,
  create: (_setup, { seed }) => ({
    onCandle: (context) => {
      const roll = chance(seed, context.index, 0);
      if (roll < 0.4) return NO_INTENTS;
      return roll < 0.95 ? [order(context, seed)] : [order(context, seed), order(context, seed + 1)];
    },
  }),
});

function run(seed: number, rules: Partial<BacktestRules>, slice: number): BacktestRecord {
  const market = { ...rulesOf('A/USDT'), tickSize: 0.05 };
  const candles = walk(seed, 200);
  const prepared = prepareBacktest({
    markets: [{ rules: market, timeframe: '1h', candles }],
    strategy: anyMarketOrder,
    params: { seed },
    rules,
  });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  while (prepared.value.advance(slice) > 0);
  return prepared.value.record();
}

// One candle at a time, an order waits at the broker for the candle to come; over many it is settled in it at once.
it('a lone market order settled at the next open leaves the very record of one that the broker fills', () => {
  const seen = new Set<string>();
  const accounts: fc.Arbitrary<Partial<BacktestRules>> = fc.record({
    cash: fc.constantFrom(20, 10_000),
    shorting: fc.boolean(),
    latencyMs: fc.constantFrom(0, 0, 50),
    positionsMax: fc.constantFrom(1, Infinity),
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      accounts,
      fc.integer({ min: 2, max: 90 }),
      (seed, rules, slice) => {
        const single = run(seed, rules, 1);
        expect(run(seed, rules, Infinity)).toEqual(single);
        expect(run(seed, rules, slice)).toEqual(single);
        for (const { status, reason, filledUnits } of single.orders) seen.add(`${status} ${reason} ${filledUnits > 0}`);
      },
    ),
    { numRuns: 150 },
  );
  // Every way in which a market order can end.
  expect([...seen].sort()).toEqual(
    expect.arrayContaining([
      'canceled nothing-to-reduce false',
      'canceled nothing-to-reduce true',
      'filled null true',
      'rejected insufficient-funds false',
      'rejected zero-quantity false',
    ]),
  );
});
