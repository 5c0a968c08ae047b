import { defineIndicator, line } from './define.js';
import { sortedWindow } from './kernel/sorted-window.js';
import { period, source } from './params.js';

export const modeIndicator = defineIndicator({
  id: 'mode',
  title: 'Mode',
  group: 'statistics',
  params: { source: source(), period: period(20, 1, 'Period', 5_000) },
  outputs: { mode: line('Mode') },
  pane: 'price',
  formula: 'Most frequent of the last `period` values, the smallest of several (Pine).',
  pine: ['ta.mode'],
  create: (g, p) => ({ mode: sortedWindow(g, g.source(p.source), p.period, mostFrequent) }),
});

/** The value that occurs most often in ascending `sorted`, the smallest of several. */
function mostFrequent(sorted: Float64Array): number {
  let best = sorted[0]!;
  let bestCount = 0;
  let count = 0;
  for (let k = 0; k < sorted.length; k++) {
    count = k > 0 && sorted[k] === sorted[k - 1] ? count + 1 : 1;
    if (count > bestCount) {
      best = sorted[k]!;
      bestCount = count;
    }
  }
  return best;
}
