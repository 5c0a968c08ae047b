import { defineIndicator, line, talib } from './define.js';
import { map2, mapLag, ratio } from './kernel/arithmetic.js';
import { sumOfMoves } from './kernel/averages.js';
import { period, source } from './params.js';

export const erIndicator = defineIndicator({
  id: 'er',
  title: 'Efficiency Ratio',
  group: 'trend',
  params: { source: source(), period: period(10) },
  outputs: { er: line('ER') },
  formula: '|net change| / Σ|changes| over `period`, Kaufman 1995; 0 while nothing moves.',
  talib: talib('ER', { timePeriod: 'period' }),
  create: (g, p) => {
    const input = g.source(p.source);
    const net = mapLag(g, input, p.period, (now, then) => Math.abs(now - then));
    return { er: map2(g, net, sumOfMoves(g, input, p.period), (a, b) => Math.min(1, ratio(a, b))) };
  },
});
