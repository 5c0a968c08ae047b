import { band, defineIndicator, line, talib } from './define.js';
import { middle } from './kernel/arithmetic.js';
import { windowMax, windowMin } from './kernel/window-extremes.js';
import { period } from './params.js';

export const donchianIndicator = defineIndicator({
  id: 'donchian',
  title: 'Donchian Channels',
  group: 'band',
  params: { period: period(20) },
  outputs: { upper: band('Upper', 'lower'), middle: line('Middle'), lower: line('Lower', 'muted') },
  pane: 'price',
  formula: 'Highest high and lowest low of `period` candles and their mean, Donchian.',
  talib: talib('DONCHIAN', { timePeriod: 'period' }),
  create: (g, p) => {
    const upper = windowMax(g, g.high, p.period);
    const lower = windowMin(g, g.low, p.period);
    return { upper, middle: middle(g, upper, lower), lower };
  },
});
