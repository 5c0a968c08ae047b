import { defineIndicator, line, talib } from './define.js';
import { map, map2, ratio, subtract } from './kernel/arithmetic.js';
import { windowSum } from './kernel/window-sum.js';
import { period } from './params.js';

export const imiIndicator = defineIndicator({
  id: 'imi',
  title: 'Intraday Momentum Index',
  group: 'momentum',
  params: { period: period(14) },
  outputs: { imi: line('IMI') },
  levels: [30, 50, 70],
  formula: '100 · Σ rising bodies / Σ all bodies of `period` candles, Chande; 0 when all bodies are 0.',
  talib: talib('IMI', { timePeriod: 'period' }),
  create: (g, p) => {
    const body = subtract(g, g.close, g.open);
    const rising = windowSum(
      g,
      map(g, body, (size) => Math.max(size, 0)),
      p.period,
    );
    const all = windowSum(g, map(g, body, Math.abs), p.period);
    return { imi: map2(g, rising, all, (up, total) => 100 * ratio(up, total)) };
  },
});
