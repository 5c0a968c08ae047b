import { defineIndicator, line } from './define.js';
import { source } from './params.js';
import { remembers } from './kernel/memory.js';

export const barsSinceIndicator = defineIndicator({
  id: 'bars-since',
  title: 'Candles Since',
  group: 'math',
  params: { source: source('volume', 'Condition') },
  outputs: { since: line('Candles since', 'primary', { sparse: true }) },
  formula: 'Candles since the condition series was last other than 0; nothing before the first time.',
  pine: ['ta.barssince'],
  create: (g, p) => {
    const condition = g.source(p.source);
    return {
      since: remembers(
        g.derive(condition.begin, (from, to, out) => {
          let since = from === condition.begin ? NaN : out[from - 1]!;
          for (let i = from; i < to; i++) {
            since = condition.values[i] === 0 ? since + 1 : 0;
            out[i] = since;
          }
        }),
        'market',
      ),
    };
  },
});
