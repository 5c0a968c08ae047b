import { band, defineIndicator, line, talib } from './define.js';
import { bollinger } from './kernel/bands.js';
import { maType, number, period, source } from './params.js';

export const bbandsIndicator = defineIndicator({
  id: 'bbands',
  title: 'Bollinger Bands',
  group: 'band',
  params: {
    source: source(),
    period: period(20),
    up: number('Deviations up', 2, 0.1, 20, 0.1),
    down: number('Deviations down', 2, 0.1, 20, 0.1),
    type: maType('sma', 'Middle average'),
  },
  outputs: { upper: band('Upper', 'lower'), middle: line('Middle'), lower: line('Lower', 'muted') },
  pane: 'price',
  formula: 'Average ± deviations of the population standard deviation, Bollinger.',
  pine: ['ta.bb'],
  talib: talib('BBANDS', { timePeriod: 'period', nbDevUp: 'up', nbDevDn: 'down', maType: 'type' }, { period: 5 }),
  create: (g, p) => bollinger(g, g.source(p.source), p.period, p.up, p.down, p.type),
});
