import { band, defineIndicator, line } from './define.js';
import { ema } from './kernel/averages.js';
import { around } from './kernel/bands.js';
import { averageTrueRange } from './kernel/true-range.js';
import { number, period, source } from './params.js';

export const keltnerIndicator = defineIndicator({
  id: 'keltner',
  title: 'Keltner Channels',
  group: 'band',
  params: {
    source: source('hlc3'),
    period: period(20),
    atrPeriod: period(10, 1, 'ATR period'),
    multiple: number('ATR multiple', 2, 0.1, 20, 0.1),
  },
  outputs: { upper: band('Upper', 'lower'), middle: line('Middle'), lower: line('Lower', 'muted') },
  pane: 'price',
  formula: 'EMA ± multiple · ATR (Keltner 1960, as revised by Raschke).',
  create: (g, p) => around(g, ema(g, g.source(p.source), p.period), averageTrueRange(g, p.atrPeriod), p.multiple),
});
