import { band, defineIndicator, line, talib } from './define.js';
import { map3 } from './kernel/arithmetic.js';
import type { Series } from './kernel/graph.js';
import { sma } from './kernel/window-sum.js';
import { period } from './params.js';

export const accbandsIndicator = defineIndicator({
  id: 'accbands',
  title: 'Acceleration Bands',
  group: 'band',
  params: { period: period(20) },
  outputs: { upper: band('Upper', 'lower'), middle: line('Middle'), lower: line('Lower', 'muted') },
  pane: 'price',
  formula: 'SMA of high · (1 + w) and low · (1 − w) with w = 4 · (high − low) / (high + low), Headley.',
  talib: talib('ACCBANDS', { timePeriod: 'period' }),
  create: (g, p) => {
    const widened = (sign: 1 | -1, edge: Series): Series =>
      map3(g, g.high, g.low, edge, (high, low, price) => price * (1 + (sign * 4 * (high - low)) / (high + low)));
    return {
      upper: sma(g, widened(1, g.high), p.period),
      middle: sma(g, g.close, p.period),
      lower: sma(g, widened(-1, g.low), p.period),
    };
  },
});
