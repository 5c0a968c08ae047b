import { defineIndicator, line, talib } from './define.js';
import { source } from './params.js';
import { remembers } from './kernel/memory.js';

export const obvIndicator = defineIndicator({
  id: 'obv',
  title: 'On Balance Volume',
  group: 'volume',
  params: { source: source() },
  outputs: { obv: line('OBV') },
  formula:
    'Running sum of volume, signed by the direction of the price; starts at the first volume (TA-Lib), Granville.',
  pine: ['ta.obv'],
  talib: talib('OBV'),
  create: (g, p) => {
    const input = g.source(p.source);
    const { volume } = g;
    return {
      obv: remembers(
        g.derive(input.begin, (from, to, out) => {
          const values = input.values;
          const volumes = volume.values;
          let i = from;
          let total: number;
          if (i === input.begin) {
            total = volumes[i]!;
            out[i++] = total;
          } else total = out[i - 1]!;
          for (; i < to; i++) {
            const change = values[i]! - values[i - 1]!;
            if (change > 0) total += volumes[i]!;
            else if (change < 0) total -= volumes[i]!;
            out[i] = total;
          }
        }),
        'forever',
      ),
    };
  },
});
