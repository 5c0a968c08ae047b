import type { CodeStrategyDocument } from '@wickworks/contracts';

/** What a new strategy in code begins with: small, and sound from the start. */
export const BLANK_CODE: CodeStrategyDocument = {
  kind: 'code',
  schema: 1,
  name: 'New strategy in code',
  timeframe: '1h',
  source: `import { defineStrategy, NO_INTENTS, type Intent } from 'wickworks';

export default defineStrategy({
  id: 'new-strategy',
  title: 'New strategy in code',
  params: { period: { kind: 'number', title: 'Period', default: 20, min: 2, max: 200, step: 1, whole: true } },
  warmup: (params: { period: number }) => params.period,
  create(setup, params: { period: number }) {
    const [symbol] = setup.symbols;
    const average = setup.indicator(symbol, 'sma', { period: params.period });
    return {
      onCandle(c): readonly Intent[] {
        const isAbove = c.candles.close[c.index] > average.sma.values[c.index];
        const order = { kind: 'place', symbol, type: 'market' } as const;
        if (isAbove && c.position === 0)
          return [{ ...order, side: 'buy', size: { kind: 'spend', quote: c.buyingPower * 0.95 }, tag: 'above' }];
        if (!isAbove && c.position > 0)
          return [{ ...order, side: 'sell', size: { kind: 'position' }, reduceOnly: true, tag: 'below' }];
        return NO_INTENTS;
      },
    };
  },
});
`,
};
