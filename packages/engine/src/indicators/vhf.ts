import { defineIndicator, line, talib } from './define.js';
import { map2, ratio, subtract } from './kernel/arithmetic.js';
import { sumOfMoves } from './kernel/averages.js';
import { windowMax, windowMin } from './kernel/window-extremes.js';
import { period, source } from './params.js';

export const vhfIndicator = defineIndicator({
  id: 'vhf',
  title: 'Vertical Horizontal Filter',
  group: 'trend',
  params: { source: source(), period: period(28) },
  outputs: { vhf: line('VHF') },
  formula: '(highest − lowest) / Σ|changes| over `period`, White 1991; 0 while nothing moves.',
  talib: talib('VHF', { timePeriod: 'period' }),
  create: (g, p) => {
    const input = g.source(p.source);
    const span = subtract(g, windowMax(g, input, p.period), windowMin(g, input, p.period));
    return { vhf: map2(g, span, sumOfMoves(g, input, p.period), ratio) };
  },
});
