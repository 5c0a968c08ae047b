import { defineIndicator, line, talib } from './define.js';
import { middle } from './kernel/arithmetic.js';
import { windowMax, windowMin } from './kernel/window-extremes.js';
import { period } from './params.js';

export const midpriceIndicator = defineIndicator({
  id: 'midprice',
  title: 'Midprice',
  group: 'price',
  params: { period: period(14) },
  outputs: { midprice: line('Midprice') },
  pane: 'price',
  formula: '(highest high + lowest low) / 2 of the last `period` candles.',
  talib: talib('MIDPRICE', { timePeriod: 'period' }),
  create: (g, p) => ({ midprice: middle(g, windowMax(g, g.high, p.period), windowMin(g, g.low, p.period)) }),
});
