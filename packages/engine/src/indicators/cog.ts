import { defineIndicator, line } from './define.js';
import { map2, ratio } from './kernel/arithmetic.js';
import { wma } from './kernel/window-linear.js';
import { sma } from './kernel/window-sum.js';
import { period, source } from './params.js';

export const cogIndicator = defineIndicator({
  id: 'cog',
  title: 'Centre of Gravity',
  group: 'momentum',
  params: { source: source(), period: period(10) },
  outputs: { cog: line('COG') },
  formula: '−Σ(value · (age + 1)) / Σ value, Ehlers 2002.',
  pine: ['ta.cog'],
  create: (g, p) => {
    const input = g.source(p.source);
    const total = sma(g, input, p.period);
    const newestFirst = wma(g, input, p.period);
    const share = (p.period + 1) / 2;
    return { cog: map2(g, newestFirst, total, (w, m) => share * ratio(w, m) - (p.period + 1)) };
  },
});
