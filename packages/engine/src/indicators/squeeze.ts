import { defineIndicator, histogram, steps } from './define.js';
import { map2, map3, middle } from './kernel/arithmetic.js';
import { bollinger } from './kernel/bands.js';
import { openTrueRange } from './kernel/true-range.js';
import { windowMax, windowMin } from './kernel/window-extremes.js';
import { regression } from './kernel/window-linear.js';
import { sma } from './kernel/window-sum.js';
import { number, period, source } from './params.js';

export const squeezeIndicator = defineIndicator({
  id: 'squeeze',
  title: 'Squeeze Momentum',
  group: 'momentum',
  params: {
    source: source(),
    period: period(20, 2),
    deviations: number('Bollinger deviations', 2, 0.1, 20, 0.1),
    multiple: number('Keltner multiple', 1.5, 0.1, 20, 0.1),
  },
  outputs: { momentum: histogram('Momentum'), squeeze: steps('Squeeze on', 'muted') },
  levels: [0],
  formula:
    'Regression of the distance from the middle of range and mean; squeeze 1 while Bollinger bands lie inside Keltner (Carter; LazyBear).',
  create: (g, p) => {
    const input = g.source(p.source);
    const mean = sma(g, input, p.period);
    const range = sma(g, openTrueRange(g), p.period);
    const { upper, lower } = bollinger(g, input, p.period, p.deviations, p.deviations, 'sma');
    const middleOfRange = middle(g, windowMax(g, g.high, p.period), windowMin(g, g.low, p.period));
    const distance = map3(g, input, middleOfRange, mean, (value, range2, average) => value - (range2 + average) / 2);
    const { intercept, slope } = regression(g, distance, p.period);
    const inside = g.derive(Math.max(upper.begin, range.begin), (from, to, out) => {
      for (let i = from; i < to; i++) {
        const width = p.multiple * range.values[i]!;
        const within = upper.values[i]! < mean.values[i]! + width && lower.values[i]! > mean.values[i]! - width;
        out[i] = within ? 1 : 0;
      }
    });
    return { momentum: map2(g, intercept, slope, (start, rise) => start + rise * (p.period - 1)), squeeze: inside };
  },
});
