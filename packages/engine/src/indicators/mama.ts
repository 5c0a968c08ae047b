import { defineIndicator, line, talib } from './define.js';
import { mama } from './kernel/hilbert.js';
import { number, source } from './params.js';

export const mamaIndicator = defineIndicator({
  id: 'mama',
  title: 'MESA Adaptive Moving Average',
  group: 'average',
  params: {
    source: source(),
    fastLimit: number('Fast limit', 0.5, 0.01, 0.99, 0.01),
    slowLimit: number('Slow limit', 0.05, 0.01, 0.99, 0.01),
  },
  outputs: { mama: line('MAMA'), fama: line('FAMA', 'secondary') },
  pane: 'price',
  formula: 'EMA whose weight follows the rate of change of the Hilbert phase, Ehlers 2001.',
  talib: talib('MAMA', { fastLimit: 'fastLimit', slowLimit: 'slowLimit' }),
  create: (g, p) => mama(g, g.source(p.source), p.fastLimit, p.slowLimit),
});
