import { defineIndicator, talib } from '../define.js';
import { Shapes } from './kernel/shapes.js';
import { higher, insideDay, lower, trap } from './kernel/trap.js';

export const hikkakePattern = defineIndicator({
  id: 'hikkake',
  title: 'Hikkake',
  group: 'pattern',
  params: {},
  outputs: { signal: { title: 'Hikkake', plot: 'markers', role: 'sign' } },
  pane: 'price',
  formula: "Rule of TA-Lib's CDLHIKKAKE: ±100 found, ±200 when confirmed within three candles.",
  talib: talib('CDLHIKKAKE'),
  create: (g) => ({ signal: trap(g, new Shapes(g, []), 2, 5, (c) => insideDay(c, 1) && (lower(c) || higher(c))) }),
});
