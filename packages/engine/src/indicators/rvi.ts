import { defineIndicator, line, talib } from './define.js';
import { map2, ratio } from './kernel/arithmetic.js';
import { rma } from './kernel/averages.js';
import type { Series } from './kernel/graph.js';
import { deviation } from './kernel/window-moments.js';
import { period, source } from './params.js';

export const rviIndicator = defineIndicator({
  id: 'rvi',
  title: 'Relative Volatility Index',
  group: 'volatility',
  params: { source: source(), period: period(14, 1, 'Smoothing'), deviation: period(10, 1, 'Deviation period') },
  outputs: { rvi: line('RVI') },
  levels: [20, 50, 80],
  formula: 'RSI of the standard deviation, counted up on rises and down on falls, Dorsey 1993; 0 while flat.',
  talib: talib('RVI', { timePeriod: 'period', stdDevPeriod: 'deviation' }),
  create: (g, p) => {
    const input = g.source(p.source);
    const spread = deviation(g, input, p.deviation);
    const on = (sign: 1 | -1): Series =>
      g.derive(Math.max(spread.begin, input.begin + 1), (from, to, out) => {
        for (let i = from; i < to; i++)
          out[i] = sign * (input.values[i]! - input.values[i - 1]!) > 0 ? spread.values[i]! : 0;
      });
    return {
      rvi: map2(g, rma(g, on(1), p.period), rma(g, on(-1), p.period), (up, down) => 100 * ratio(up, up + down)),
    };
  },
});
