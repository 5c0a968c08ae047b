import { compileStrategy, defineStrategy, findIndicator, NO_INTENTS, type StrategyDefinition } from '@wickworks/engine';

/** What every market of these benchmarks is like. */
export const rules = {
  symbol: 'BTC/USDT',
  tickSize: 0.01,
  lotSize: 0.00001,
  // None: a thousand losing trips later an account is small, and goes on.
  minNotional: 0,
  makerFeeBps: 10,
  takerFeeBps: 10,
};
export const FAST = 10;
export const SLOW = 30;

const sma = findIndicator('sma')!;

/** Long while the fast average is above the slow one. */
export const smaCross = defineStrategy({
  id: 'sma-cross',
  title: 'SMA cross',
  params: {},
  warmup: () => SLOW,
  create: (setup) => {
    const symbol = setup.symbols[0]!;
    const fast = setup.indicator(symbol, sma, { period: FAST, source: 'close' })['sma']!;
    const slow = setup.indicator(symbol, sma, { period: SLOW, source: 'close' })['sma']!;
    return {
      onCandle: (context) => {
        const { index } = context;
        const isAbove = fast.values[index]! > slow.values[index]!;
        const wasAbove = fast.values[index - 1]! > slow.values[index - 1]!;
        if (isAbove === wasAbove) return NO_INTENTS;
        if (isAbove) {
          const size = { kind: 'spend', quote: context.buyingPower } as const;
          return [{ kind: 'place', type: 'market', symbol, side: 'buy', size, tag: 'cross up' }];
        }
        if (context.position === 0) return NO_INTENTS;
        return [{ kind: 'place', type: 'market', symbol, side: 'sell', size: { kind: 'position' }, tag: 'cross down' }];
      },
    };
  },
});

/** The same cross as rules. */
export function compiledCross(): StrategyDefinition {
  const compiled = compileStrategy({
    schema: 1,
    name: 'SMA cross',
    timeframe: '1m',
    params: {},
    indicators: { fast: { id: 'sma', params: { period: FAST } }, slow: { id: 'sma', params: { period: SLOW } } },
    conditions: {},
    entry: { long: { when: { crossesAbove: ['fast', 'slow'] } } },
    exit: { long: { when: { crossesBelow: ['fast', 'slow'] } } },
    size: { kind: 'equity', ratio: 1 },
  });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  return compiled.value;
}

/** Everything at once: brackets with a ladder and a trailing stop in every market, sized by equity. */
export const everything = defineStrategy({
  id: 'everything',
  title: 'Everything',
  params: {},
  warmup: () => SLOW,
  create: (setup) => {
    const averages = setup.symbols.map((symbol) => ({
      fast: setup.indicator(symbol, sma, { period: FAST, source: 'close' })['sma']!,
      slow: setup.indicator(symbol, sma, { period: SLOW, source: 'close' })['sma']!,
    }));
    return {
      onCandle: (context) => {
        const { index, market } = context;
        const { fast, slow } = averages[market]!;
        if (context.position !== 0 || fast.values[index]! <= slow.values[index]!) return NO_INTENTS;
        if (fast.values[index - 1]! > slow.values[index - 1]!) return NO_INTENTS;
        return [
          {
            kind: 'place',
            type: 'market',
            symbol: context.symbol,
            side: 'buy',
            size: { kind: 'spend', quote: context.equity / 12 },
            tag: 'cross up',
            bracket: {
              stop: { kind: 'offset', ratio: 0.01 },
              trail: { kind: 'ratio', ratio: 0.015 },
              targets: [
                { at: { kind: 'offset', ratio: 0.01 }, share: 0.5 },
                { at: { kind: 'offset', ratio: 0.02 }, share: 0.5 },
              ],
            },
          },
        ];
      },
    };
  },
});
