import { defineIndicator, line, talib } from './define.js';
import { map2, map3, ratio } from './kernel/arithmetic.js';
import type { Series } from './kernel/graph.js';
import { trueRange } from './kernel/true-range.js';
import { windowSum } from './kernel/window-sum.js';
import { period } from './params.js';

export const ultoscIndicator = defineIndicator({
  id: 'ultosc',
  title: 'Ultimate Oscillator',
  group: 'momentum',
  params: {
    short: period(7, 1, 'Short period'),
    middle: period(14, 1, 'Middle period'),
    long: period(28, 1, 'Long period'),
  },
  outputs: { ultosc: line('Ultimate oscillator') },
  levels: [30, 50, 70],
  formula: 'Buying pressure / true range over three periods, weighted 4 : 2 : 1, Williams 1976.',
  talib: talib('ULTOSC', { timePeriod1: 'short', timePeriod2: 'middle', timePeriod3: 'long' }),
  create: (g, p) => {
    const [short, middle, long] = [p.short, p.middle, p.long].sort((a, b) => a - b) as [number, number, number];
    const range = trueRange(g);
    const { low, close } = g;
    const pressure = g.derive(1, (from, to, out) => {
      for (let i = from; i < to; i++) out[i] = close.values[i]! - Math.min(low.values[i]!, close.values[i - 1]!);
    });
    const share = (span: number): Series => map2(g, windowSum(g, pressure, span), windowSum(g, range, span), ratio);
    return {
      ultosc: map3(g, share(short), share(middle), share(long), (a, b, c) => (100 * (4 * a + 2 * b + c)) / 7),
    };
  },
});
