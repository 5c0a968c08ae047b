import { defineIndicator, line, talib } from './define.js';
import { percentRange } from './kernel/oscillator.js';
import { period } from './params.js';

export const willrIndicator = defineIndicator({
  id: 'willr',
  title: "Williams' %R",
  group: 'momentum',
  params: { period: period(14) },
  outputs: { willr: line('%R') },
  levels: [-80, -50, -20],
  formula: '−100 · (highest − close) / (highest − lowest), Williams; 0 in a flat range (TA-Lib).',
  pine: ['ta.wpr'],
  talib: talib('WILLR', { timePeriod: 'period' }),
  create: (g, p) => ({ willr: percentRange(g, p.period) }),
});
