import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Candles, type CandleRow } from '@wickworks/core';
import { prepareBacktest, type BacktestRecord, type BacktestRules } from '../runner/backtest.js';
import type { StrategyDefinition } from '../runner/strategy.js';
import { checkStrategy } from './check.js';
import { compileStrategy, interpretStrategy } from './compile-strategy.js';
import type { Condition, Expression, OrderSpec, StrategyDocument } from './document.js';

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

/** Conditions that come and go every few candles. */
const lively = fc.constantFrom<Condition[]>(
  { crossesAbove: ['close', 'fast'] },
  { crossesBelow: ['close', 'fast'] },
  { rising: 'close', over: 3 },
  { falling: 'low', over: 2 },
  { compare: ['close', '>', 'bands.upper'] },
  {
    atLeast: 2,
    of: ['calm', { compare: ['close', '<', 'other'] }, { compare: ['close', '>', { ago: 3, of: 'high' }] }],
  },
);

/** Every type of order, its prices by offset and by expression. */
const orders = fc.constantFrom<OrderSpec[]>(
  { type: 'market' },
  { type: 'limit', offset: 0.004, expiresAfter: 3 },
  { type: 'limit', price: { sub: ['low', { div: ['$level', 400] }] }, expiresAfter: 2 },
  { type: 'stop', price: { max: ['high', 'fast'] }, expiresAfter: 3 },
  { type: 'stop-limit', offset: 0.002, limitOffset: 0.003, expiresAfter: 3 },
  { type: 'stop-limit', price: { highest: 'high', over: '$span' }, limitPrice: { mul: ['high', 1.004] } },
  { type: 'trailing-stop', trail: { kind: 'ratio', ratio: 0.006 }, expiresAfter: 6 },
  { type: 'trailing-stop', trail: { kind: 'atr', period: 4, multiple: 0.8 }, expiresAfter: '$span' },
);

const documentsOf = (rule: fc.Arbitrary<Condition>, isPlain: fc.Arbitrary<boolean>): fc.Arbitrary<StrategyDocument> =>
  fc
    .record({
      long: rule,
      short: rule,
      leave: rule,
      cover: rule,
      calm: fc.constant<Condition>({ compare: [{ sub: ['high', 'low'] }, '<', 2] }),
      facts: fc.boolean(),
      // A plain one's position is moved by nothing but its rules: then a batch jumps from signal to signal.
      isPlain,
      isProtected: fc.boolean(),
      isOneWay: fc.boolean(),
      isAlone: fc.boolean(),
      opposite: fc.constantFrom('ignore' as const, 'close' as const, 'reverse' as const),
      order: orders,
      leaveBy: fc.oneof({ weight: 2, arbitrary: fc.constant<OrderSpec>({ type: 'market' }) }, orders),
    })
    .map(({ long, short, leave, cover, calm, order, leaveBy, opposite, ...has }): StrategyDocument => ({
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
        other: { id: 'sma', params: { period: 2 }, ...(has.isAlone || has.isPlain ? {} : { symbol: SYMBOLS[1] }) },
        bands: { id: 'bbands', params: { period: 5 } },
        turn: { id: 'pivot-high' },
      },
      conditions: { calm },
      entry: { long: { when: long, order }, ...(has.isOneWay ? {} : { short: { when: short } }) },
      exit: {
        long: {
          when:
            has.facts && !has.isPlain
              ? { any: [leave, { compare: ['@profit', '>', 0.01] }, { compare: ['@candlesHeld', '>=', 9] }] }
              : leave,
          order: leaveBy,
        },
        short: { when: cover },
      },
      opposite,
      size: { kind: 'equity', ratio: 0.4 },
      ...(has.isProtected
        ? {
            stopLoss: { kind: 'atr', period: 3, multiple: 2 },
            takeProfit: [{ kind: 'risk', multiple: 1.5, share: 0.5 }],
          }
        : {}),
      ...(has.isPlain ? {} : { breakEven: { at: 0.01 }, pyramiding: { entriesMax: 2, step: 0.002 } }),
      cooldown: { afterLoss: 3 },
    }));
const documents = documentsOf(condition, fc.boolean());

/** The candles a document wants: without an indicator of another market there is but one. */
const marketsOf = ({ indicators }: StrategyDocument, both: readonly Candles[]): readonly Candles[] =>
  indicators['other']?.symbol === undefined ? both.slice(0, 1) : both;

const run = (
  strategy: StrategyDefinition,
  markets: readonly Candles[],
  slice: number,
  rules: Partial<BacktestRules> = { shorting: true, leverage: 2 },
): BacktestRecord => {
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
    rules,
  });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  while (prepared.value.advance(slice) > 0);
  return prepared.value.record();
};

const made = (result: ReturnType<typeof compileStrategy>): StrategyDefinition => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

describe('rules', { timeout: 60_000 }, () => {
  // Word by word every candle is asked about: this also measures the jumps from signal to signal.
  it('compiled to columns do exactly what they do read word by word', () => {
    let traded = 0;
    fc.assert(
      fc.property(documents, steps, steps, (document, first, second) => {
        fc.pre(checkStrategy(document).length === 0);
        const markets = marketsOf(document, [candlesOf(first, 0), candlesOf(second, 20)]);
        const compiled = run(made(compileStrategy(document)), markets, Infinity);
        const interpreted = run(made(interpretStrategy(document)), markets, Infinity);
        traded += compiled.fills.length;
        expect(compiled.orders.map(({ request, status }) => [request, status])).toEqual(
          interpreted.orders.map(({ request, status }) => [request, status]),
        );
        expect(compiled.fills).toEqual(interpreted.fills);
        expect(compiled.equityTimesMs).toEqual(interpreted.equityTimesMs);
        expect(compiled.equity).toEqual(interpreted.equity);
      }),
      { numRuns: 150 },
    );
    expect(traded).toBeGreaterThan(100);
  });

  it('know no candle that is still to come: a shorter history trades the same as far as it goes', () => {
    fc.assert(
      fc.property(documents, steps, fc.double({ min: 0.4, max: 0.95, noNaN: true }), (document, first, share) => {
        fc.pre(checkStrategy(document).length === 0);
        const whole = marketsOf(document, [candlesOf(first, 0), candlesOf(first.toReversed(), 20)]);
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
      { numRuns: 150 },
    );
  });

  it('do the same candle by candle as over all candles at once', () => {
    fc.assert(
      fc.property(documents, steps, fc.integer({ min: 1, max: 50 }), (document, first, slice) => {
        fc.pre(checkStrategy(document).length === 0);
        const markets = marketsOf(document, [candlesOf(first, 0), candlesOf(first.toReversed(), 20)]);
        const definition = made(compileStrategy(document));
        const whole = run(definition, markets, Infinity);
        for (const size of [1, slice]) {
          const sliced = run(definition, markets, size);
          expect(sliced.fills).toEqual(whole.fills);
          expect(sliced.equityTimesMs).toEqual(whole.equityTimesMs);
          expect(sliced.equity).toEqual(whole.equity);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('jump from signal to signal to the very run in which every candle is asked about', () => {
    let fills = 0;
    let jumps = 0;
    fc.assert(
      fc.property(documentsOf(lively, fc.constant(true)), steps, fc.boolean(), (document, first, shorting) => {
        const markets = [candlesOf(first, 0)];
        const definition = made(compileStrategy(document));
        const asked = (isJumping: boolean): StrategyDefinition => ({
          ...definition,
          create: (setup, params) => {
            const strategy = definition.create(setup, params);
            return {
              onCandle: (context) => strategy.onCandle(context),
              ...(isJumping
                ? {
                    nextSignal: (context, from, to) => {
                      const next = strategy.nextSignal?.(context, from, to) ?? from;
                      jumps += next - from;
                      return next;
                    },
                  }
                : {}),
            };
          },
        });
        const [jumping, stepping] = [true, false].map((isJumping) =>
          run(asked(isJumping), markets, Infinity, { shorting, leverage: 1 }),
        ) as [BacktestRecord, BacktestRecord];
        expect(jumping).toEqual(stepping);
        fills += jumping.fills.length;
      }),
      { numRuns: 200 },
    );
    expect(fills).toBeGreaterThan(1_000);
    expect(jumps).toBeGreaterThan(1_000);
  });

  // One candle at a time every order waits at the broker for the next; over all at once a lone one is settled there.
  it('have lone orders settled at the next open to the very run in which the broker fills them', () => {
    let fills = 0;
    let refused = 0;
    const rules: fc.Arbitrary<Partial<BacktestRules>> = fc.record({
      cash: fc.constantFrom(3, 60, 10_000),
      shorting: fc.boolean(),
      leverage: fc.constantFrom(1, 1, 1, 2),
      latencyMs: fc.constantFrom(0, 0, 1),
      slippage: fc.constantFrom<BacktestRules['slippage'][]>(
        { kind: 'none' },
        { kind: 'none' },
        { kind: 'bps', bps: 3 },
      ),
      volumeShareMax: fc.constantFrom(null, null, 0.3),
    });
    fc.assert(
      fc.property(documentsOf(lively, fc.boolean()), rules, steps, (document, account, first) => {
        const { stopLoss: _stop, takeProfit: _targets, ...bare } = document;
        const markets = marketsOf(document, [candlesOf(first, 0), candlesOf(first.toReversed(), 20)]);
        const size = { kind: 'equity', ratio: account.cash === 60 ? 1 : 0.4 } as const;
        for (const one of [document, { ...bare, size }]) {
          const definition = made(compileStrategy(one));
          const [whole, single] = [Infinity, 1].map((slice) => run(definition, markets, slice, account));
          expect(whole).toEqual(single);
          fills += whole!.fills.length;
          refused += whole!.orders.filter(({ status }) => status === 'rejected').length + whole!.refusals.length;
        }
      }),
      { numRuns: 300 },
    );
    expect(fills).toBeGreaterThan(1_000);
    expect(refused).toBeGreaterThan(100);
  });
});
