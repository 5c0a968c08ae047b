import { defineIndicator, line, talib } from './define.js';
import { ratio } from './kernel/arithmetic.js';

export const bopIndicator = defineIndicator({
  id: 'bop',
  title: 'Balance of Power',
  group: 'momentum',
  params: {},
  outputs: { bop: line('BOP') },
  levels: [0],
  formula: '(close − open) / (high − low), Livshin; 0 for a flat candle.',
  talib: talib('BOP'),
  create: (g) => {
    const { open, high, low, close } = g;
    return {
      bop: g.derive(0, (from, to, out) => {
        for (let i = from; i < to; i++)
          out[i] = ratio(close.values[i]! - open.values[i]!, high.values[i]! - low.values[i]!);
      }),
    };
  },
});
