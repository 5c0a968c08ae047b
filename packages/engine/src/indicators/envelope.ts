import { band, defineIndicator, line } from './define.js';
import { around } from './kernel/bands.js';
import { movingAverage } from './kernel/moving-average.js';
import { maType, number, period, source } from './params.js';

export const envelopeIndicator = defineIndicator({
  id: 'envelope',
  title: 'Envelope',
  group: 'band',
  params: {
    source: source(),
    period: period(20),
    percent: number('Percent', 2.5, 0.01, 100, 0.1),
    type: maType('sma', 'Average'),
  },
  outputs: { upper: band('Upper', 'lower'), middle: line('Middle'), lower: line('Lower', 'muted') },
  pane: 'price',
  formula: 'Average ± a fixed percentage of it.',
  create: (g, p) => {
    const centre = movingAverage(g, g.source(p.source), p.period, p.type);
    return around(g, centre, centre, p.percent / 100);
  },
});
