import { defineIndicator, line, talib } from './define.js';
import { map2 } from './kernel/arithmetic.js';
import { rateOfChange } from './kernel/oscillator.js';
import { wma } from './kernel/window-linear.js';
import { period, source } from './params.js';

export const coppockIndicator = defineIndicator({
  id: 'coppock',
  title: 'Coppock Curve',
  group: 'momentum',
  params: {
    source: source(),
    wma: period(10, 1, 'WMA period'),
    short: period(11, 1, 'Short ROC'),
    long: period(14, 1, 'Long ROC'),
  },
  outputs: { coppock: line('Coppock') },
  levels: [0],
  formula: 'WMA of the sum of two rates of change, Coppock 1962.',
  talib: talib('COPPOCK', { wmaPeriod: 'wma', roc1Period: 'short', roc2Period: 'long' }),
  create: (g, p) => {
    const input = g.source(p.source);
    return {
      coppock: wma(
        g,
        map2(g, rateOfChange(g, input, p.short), rateOfChange(g, input, p.long), (a, b) => a + b),
        p.wma,
      ),
    };
  },
});
