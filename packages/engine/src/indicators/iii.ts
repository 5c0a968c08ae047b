import { defineIndicator, line } from './define.js';
import { ratio } from './kernel/arithmetic.js';

export const iiiIndicator = defineIndicator({
  id: 'iii',
  title: 'Intraday Intensity Index',
  group: 'volume',
  params: {},
  outputs: { iii: line('III') },
  levels: [0],
  formula: '(2 · close − high − low) / ((high − low) · volume), as Pine; 0 for a flat or silent candle.',
  pine: ['ta.iii'],
  create: (g) => {
    const { high, low, close, volume } = g;
    return {
      iii: g.derive(0, (from, to, out) => {
        for (let i = from; i < to; i++) {
          const range = high.values[i]! - low.values[i]!;
          out[i] = ratio(2 * close.values[i]! - high.values[i]! - low.values[i]!, range * volume.values[i]!);
        }
      }),
    };
  },
});
