import { defineIndicator, steps } from './define.js';
import { period, source } from './params.js';
import { remembers } from './kernel/memory.js';

export const valueWhenIndicator = defineIndicator({
  id: 'value-when',
  title: 'Value When',
  group: 'math',
  params: {
    source: source('close', 'Value'),
    condition: source('volume', 'Condition'),
    occurrence: period(0, 0, 'Occurrence', 100),
  },
  outputs: { value: steps('Value', 'primary', { sparse: true }) },
  formula: 'Value at the latest candle (0), the one before it (1) … where the condition series was other than 0.',
  pine: ['ta.valuewhen'],
  create: (g, p) => {
    const input = g.source(p.source);
    const condition = g.source(p.condition, 'condition');
    const begin = Math.max(input.begin, condition.begin);
    const size = p.occurrence + 1;
    const kept = g.state(size); // values at the latest hits, in a ring
    const hits = g.state(1);
    return {
      value: remembers(
        g.derive(begin, (from, to, out) => {
          let count = hits[0]!;
          for (let i = from; i < to; i++) {
            if (condition.values[i] !== 0) kept[count++ % size] = input.values[i]!;
            out[i] = count >= size ? kept[count % size]! : NaN;
          }
          hits[0] = count;
        }),
        'market',
      ),
    };
  },
});
