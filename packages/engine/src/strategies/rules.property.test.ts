import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Candles, type CandleRow } from '@wickworks/core';
import { prepareBacktest, type BacktestRecord } from '../runner/backtest.js';
import type { StrategyDefinition } from '../runner/strategy.js';
import { checkStrategy } from './check.js';
import { compileStrategy, interpretStrategy } from './compile-strategy.js';
import type { Condition, Expression, StrategyDocument } from './document.js';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 5, 22, 30); // a Monday evening: windows over midnight are met
const SYMBOLS = ['BTC/USDT', 'ETH/USDT'] as const;

/** Sound candles from steps of some ticks; a step of 0 leaves a minute out. */
const candlesOf = (steps: readonly (readonly [number, number, number])[], shift: number): Candles => {
  const rows: CandleRow[] = [];
  let close = 100 + shift;
  steps.forEach(([step, up, down], index) => {
    if (step === 7) return;
    const open = close;
    close = Math.max(5, Math.round((open + step / 4) * 100) / 100);
    rows.push([
      START + index * MINUTE,
      open,
      Math.max(open, close) + up / 4,
      Math.min(open, close) - down / 4,
      close,
      1 + up,
    ]);
  });
  return Candles.fromRows(rows);
};
const steps = fc.array(
  fc.tuple(fc.integer({ min: -8, max: 8 }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })),
  {
    minLength: 60,
    maxLength: 140,
  },
);

const { condition } = fc.letrec<{ expression: Expression; condition: Condition }>((tie) => {
  const amount = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant('$span'));
  const pair = (): fc.Arbitrary<[Expression, Expression]> => fc.tuple(tie('expression'), tie('expression'));
  const some = <T>(item: fc.Arbitrary<T>, minLength: number) => fc.array(item, { minLength, maxLength: 3 });
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<Expression[]>(
        'close',
        'open',
        'hl2',
        'volume',
        'hour',
        'fast',
        'bands.upper',
        'slow',
        'other',
        '$level',
        'turn',
        100,
      ),
      fc.record({ ago: fc.oneof(fc.constant(0), amount), of: tie('expression') }),
      fc.record({ add: some(tie('expression'), 2) }),
      fc.record({ sub: pair() }),
      fc.record({ mul: some(tie('expression'), 2) }),
      fc.record({ div: pair() }),
      fc.record({ min: some(tie('expression'), 2) }),
      fc.record({ max: some(tie('expression'), 2) }),
      fc.record({ abs: tie('expression') }),
      fc.record({ highest: tie('expression'), over: amount }),
      fc.record({ lowest: tie('expression'), over: amount }),
      fc.record({ since: tie('condition') }),
    ),
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record({
        compare: fc.tuple(tie('expression'), fc.constantFrom('<', '<=', '>', '>=', '==', '!='), tie('expression')),
      }) as fc.Arbitrary<Condition>,
      fc.record({ crossesAbove: pair() }),
      fc.record({ crossesBelow: pair() }),
      fc.record({ rising: tie('expression'), over: amount }),
      fc.record({ falling: tie('expression'), over: amount }),
      fc.record({ between: fc.tuple(tie('expression'), tie('expression'), tie('expression')) }),
      fc.record({ within: amount, of: tie('condition') }),
      fc.record({ during: amount, of: tie('condition') }),
      fc.record({ all: some(tie('condition'), 1) }),
      fc.record({ any: some(tie('condition'), 1) }),
      fc.record({ not: tie('condition') }),
      fc.record({ atLeast: fc.constant(1), of: some(tie('condition'), 1) }),
      fc.constant<Condition>({ time: { from: '23:00', to: '00:20', weekdays: [1] } }),
      fc.constant<Condition>('calm'),
    ),
  };
});

const documents = fc
  .record({
    long: condition,
    short: condition,
    leave: condition,
    calm: fc.constant<Condition>({ compare: [{ sub: ['high', 'low'] }, '<', 2] }),
    withFacts: fc.boolean(),
  })
  .map(({ long, short, leave, calm, withFacts }): StrategyDocument => ({
    schema: 1,
    name: 'Any',
    timeframe: '1m',
    params: {
      span: { kind: 'number', title: 'Span', default: 3, min: 1, max: 9, step: 1, whole: true },
      level: { kind: 'number', title: 'Level', default: 101, min: 0, max: 1_000, step: 0.5, whole: false },
    },
    indicators: {
      fast: { id: 'ema', params: { period: '$span' } },
      slow: { id: 'sma', params: { period: 4 }, timeframe: '5m' },
      other: { id: 'sma', params: { period: 2 }, symbol: SYMBOLS[1] },
      bands: { id: 'bbands', params: { period: 5 } },
      turn: { id: 'pivot-high' },
    },
    conditions: { calm },
    entry: { long: { when: long }, short: { when: short } },
    exit: {
      long: {
        when: withFacts
          ? { any: [leave, { compare: ['@profit', '>', 0.01] }, { compare: ['@candlesHeld', '>=', 9] }] }
          : leave,
      },
    },
    size: { kind: 'equity', ratio: 0.4 },
    stopLoss: { kind: 'atr', period: 3, multiple: 2 },
    takeProfit: [{ kind: 'risk', multiple: 1.5, share: 0.5 }],
    breakEven: { at: 0.01 },
    pyramiding: { entriesMax: 2, step: 0.002 },
    cooldown: { afterLoss: 3 },
  }));

const run = (strategy: StrategyDefinition, markets: readonly Candles[], slice: number): BacktestRecord => {
  const prepared = prepareBacktest({
    markets: markets.map((candles, index) => ({
      rules: {
        symbol: SYMBOLS[index]!,
        tickSize: 0.01,
        lotSize: 0.001,
        minNotional: 1,
        makerFeeBps: 2,
        takerFeeBps: 5,
      },
      timeframe: '1m' as const,
      candles,
    })),
    strategy,
    rules: { shorting: true, leverage: 2 },
  });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  while (prepared.value.advance(slice) > 0);
  return prepared.value.record();
};

const made = (result: ReturnType<typeof compileStrategy>): StrategyDefinition => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

// Reading word by word is slow on purpose.
describe('rules', { timeout: 180_000 }, () => {
  it('compiled to columns do exactly what they do read word by word', () => {
    let traded = 0;
    fc.assert(
      fc.property(documents, steps, steps, (document, first, second) => {
        fc.pre(checkStrategy(document).length === 0);
        const markets = [candlesOf(first, 0), candlesOf(second, 20)];
        const compiled = run(made(compileStrategy(document)), markets, Infinity);
        const interpreted = run(made(interpretStrategy(document)), markets, Infinity);
        traded += compiled.fills.length;
        expect(compiled.orders.map(({ request, status }) => [request, status])).toEqual(
          interpreted.orders.map(({ request, status }) => [request, status]),
        );
        expect(compiled.fills).toEqual(interpreted.fills);
        expect(compiled.equity).toEqual(interpreted.equity);
      }),
      { numRuns: 40 },
    );
    expect(traded).toBeGreaterThan(100);
  });

  it('know no candle that is still to come: a shorter history trades the same as far as it goes', () => {
    fc.assert(
      fc.property(documents, steps, fc.double({ min: 0.4, max: 0.95, noNaN: true }), (document, first, share) => {
        fc.pre(checkStrategy(document).length === 0);
        const whole = [candlesOf(first, 0), candlesOf(first.toReversed(), 20)];
        const untilMs = START + Math.floor(first.length * share) * MINUTE;
        const part = whole.map((candles) => {
          const rows: CandleRow[] = [];
          for (let index = 0; index < candles.length; index++)
            if (candles.time[index]! < untilMs) rows.push(candles.at(index)!);
          return Candles.fromRows(rows);
        });
        const definition = made(compileStrategy(document));
        const [long, short] = [run(definition, whole, Infinity), run(definition, part, Infinity)];
        expect(short.fills).toEqual(long.fills.filter(({ timeMs }) => timeMs < untilMs));
      }),
      { numRuns: 60 },
    );
  });

  it('do the same candle by candle as over all candles at once', () => {
    fc.assert(
      fc.property(documents, steps, fc.integer({ min: 1, max: 50 }), (document, first, slice) => {
        fc.pre(checkStrategy(document).length === 0);
        const markets = [candlesOf(first, 0), candlesOf(first.toReversed(), 20)];
        const definition = made(compileStrategy(document));
        expect(run(definition, markets, slice).fills).toEqual(run(definition, markets, Infinity).fills);
      }),
      { numRuns: 40 },
    );
  });
});
