import { defineIndicator, line } from './define.js';
import { meanOf } from './kernel/averages.js';
import { period, source } from './params.js';
import { remembers } from './kernel/memory.js';

export const mcginleyIndicator = defineIndicator({
  id: 'mcginley',
  title: 'McGinley Dynamic',
  group: 'average',
  params: { source: source(), period: period(14) },
  outputs: { mcginley: line('McGinley') },
  pane: 'price',
  formula:
    'previous + (value − previous) / max(1, period · (value / previous)⁴), McGinley 1990; seeded by the first SMA.',
  create: (g, p) => {
    const input = g.source(p.source);
    const start = input.begin + p.period - 1;
    return {
      mcginley: remembers(
        g.derive(start, (from, to, out) => {
          const values = input.values;
          let i = from;
          let previous: number;
          if (i === start) {
            previous = meanOf(values, input.begin, start);
            out[i++] = previous;
          } else previous = out[i - 1]!;
          for (; i < to; i++) {
            // Below a divisor of 1 the line would overshoot the price itself.
            const divisor = previous === 0 ? 1 : Math.max(1, p.period * (values[i]! / previous) ** 4);
            previous += (values[i]! - previous) / divisor;
            out[i] = previous;
          }
        }),
        'market',
      ),
    };
  },
});
