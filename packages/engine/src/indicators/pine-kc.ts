import { band, defineIndicator, line } from './define.js';
import { map3, ratio, subtract } from './kernel/arithmetic.js';
import { ema } from './kernel/averages.js';
import { around } from './kernel/bands.js';
import { openTrueRange } from './kernel/true-range.js';
import { flag, number, period, source } from './params.js';

export const pineKcIndicator = defineIndicator({
  id: 'pine-kc',
  title: 'Keltner Channels (Pine)',
  group: 'band',
  params: {
    source: source(),
    period: period(20),
    multiple: number('Multiple', 1.5, 0.1, 20, 0.1),
    trueRange: flag('True range', true),
  },
  outputs: {
    upper: band('Upper', 'lower'),
    middle: line('Middle'),
    lower: line('Lower', 'muted'),
    width: { title: 'Width', plot: 'line', role: 'muted' },
  },
  pane: 'price',
  formula: 'EMA ± multiple · EMA of the true range (or of high − low); width = (upper − lower) / middle.',
  pine: ['ta.kc', 'ta.kcw'],
  create: (g, p) => {
    const middle = ema(g, g.source(p.source), p.period);
    const range = p.trueRange ? openTrueRange(g) : subtract(g, g.high, g.low);
    const bands = around(g, middle, ema(g, range, p.period), p.multiple);
    const width = map3(g, bands.upper, bands.lower, middle, (top, bottom, centre) => ratio(top - bottom, centre));
    return { ...bands, width };
  },
});
