import { defineIndicator, line } from './define.js';
import { chandeMomentum } from './kernel/oscillator.js';
import { period, source } from './params.js';
import { remembers } from './kernel/memory.js';

export const vidyaIndicator = defineIndicator({
  id: 'vidya',
  title: 'Variable Index Dynamic Average',
  group: 'average',
  params: { source: source(), period: period(14), momentum: period(9, 1, 'Momentum period') },
  outputs: { vidya: line('VIDYA') },
  pane: 'price',
  formula: 'EMA whose weight is scaled by |Chande momentum| of summed moves, Chande 1992.',
  create: (g, p) => {
    const input = g.source(p.source);
    const momentum = chandeMomentum(g, input, p.momentum);
    const begin = momentum.begin;
    const weight = 2 / (p.period + 1);
    return {
      vidya: remembers(
        g.derive(begin, (from, to, out) => {
          let previous = from === begin ? input.values[begin]! : out[from - 1]!;
          for (let i = from; i < to; i++) {
            previous += ((weight * Math.abs(momentum.values[i]!)) / 100) * (input.values[i]! - previous);
            out[i] = previous;
          }
        }),
        'market',
      ),
    };
  },
});
