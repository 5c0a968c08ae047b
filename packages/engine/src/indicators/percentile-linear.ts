import { defineIndicator, line } from './define.js';
import { sortedWindow } from './kernel/sorted-window.js';
import { number, period, source } from './params.js';

export const percentileLinearIndicator = defineIndicator({
  id: 'percentile-linear',
  title: 'Percentile (linear interpolation)',
  group: 'statistics',
  params: {
    source: source(),
    period: period(30, 1, 'Period', 5_000),
    percentile: number('Percentile', 50, 0, 100, 5),
  },
  outputs: { percentile: line('Percentile') },
  pane: 'price',
  formula:
    'Percentile of the last `period` values, interpolated between the two nearest at rank percentile · period − ½ (Pine).',
  pine: ['ta.percentile_linear_interpolation'],
  create: (g, p) => {
    const place = Math.min(p.period - 1, Math.max(0, (p.percentile / 100) * p.period - 0.5));
    const low = Math.floor(place);
    const share = place - low;
    const high = Math.min(p.period - 1, low + 1);
    return {
      percentile: sortedWindow(
        g,
        g.source(p.source),
        p.period,
        (sorted) => sorted[low]! + share * (sorted[high]! - sorted[low]!),
      ),
    };
  },
});
