import { defineIndicator, line, talib } from './define.js';
import { kama } from './kernel/averages.js';
import { period, source } from './params.js';

export const kamaIndicator = defineIndicator({
  id: 'kama',
  title: "Kaufman's Adaptive Moving Average",
  group: 'average',
  params: {
    source: source(),
    period: period(10),
    fast: period(2, 1, 'Fastest EMA'),
    slow: period(30, 1, 'Slowest EMA'),
  },
  outputs: { kama: line('KAMA') },
  pane: 'price',
  formula: 'EMA whose weight follows the efficiency ratio |net change| / Σ|changes|, Kaufman 1995.',
  talib: talib('KAMA', { timePeriod: 'period' }, { period: 30 }),
  create: (g, p) => ({ kama: kama(g, g.source(p.source), p.period, p.fast, p.slow) }),
});
