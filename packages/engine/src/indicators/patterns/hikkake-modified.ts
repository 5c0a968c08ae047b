import { defineIndicator, talib } from '../define.js';
import { Shapes } from './kernel/shapes.js';
import { higher, insideDay, lower, trap } from './kernel/trap.js';

export const hikkakeModifiedPattern = defineIndicator({
  id: 'hikkake-modified',
  title: 'Modified Hikkake',
  group: 'pattern',
  params: {},
  outputs: { signal: { title: 'Modified Hikkake', plot: 'markers', role: 'sign' } },
  pane: 'price',
  formula: "Rule of TA-Lib's CDLHIKKAKEMOD: ±100 found, ±200 when confirmed within three candles.",
  talib: talib('CDLHIKKAKEMOD'),
  create: (g) => ({
    signal: trap(
      g,
      new Shapes(g, ['near']),
      7,
      10,
      (c) =>
        insideDay(c, 2) &&
        insideDay(c, 1) &&
        ((lower(c) && c.close(2) <= c.low(2) + c.limit('near', 2)) ||
          (higher(c) && c.close(2) >= c.high(2) - c.limit('near', 2))),
    ),
  }),
});
