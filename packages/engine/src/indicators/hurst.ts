import { defineIndicator, line } from './define.js';
import { mapLag } from './kernel/arithmetic.js';
import { windowMoments } from './kernel/window-moments.js';
import { period, source } from './params.js';

export const hurstIndicator = defineIndicator({
  id: 'hurst',
  title: 'Hurst Exponent',
  group: 'statistics',
  params: { source: source(), period: period(100, 10, 'Period', 2_000) },
  outputs: { hurst: line('Hurst') },
  levels: [0.5],
  formula: 'ln(R / S) / ln(period) of the changes in the window (rescaled range, Hurst 1951); 0.5 in a flat window.',
  create: (g, p) => {
    const change = mapLag(g, g.source(p.source), 1, (now, then) => now - then);
    const { mean, variance } = windowMoments(g, change, p.period);
    return {
      hurst: g.derive(mean.begin, (from, to, out) => {
        const changes = change.values;
        for (let i = from; i < to; i++) {
          let sum = 0;
          let top = 0;
          let bottom = 0;
          for (let k = i - p.period + 1; k <= i; k++) {
            sum += changes[k]! - mean.values[i]!;
            if (sum > top) top = sum;
            else if (sum < bottom) bottom = sum;
          }
          const spread = Math.sqrt(variance.values[i]!);
          out[i] = spread > 0 && top > bottom ? Math.log((top - bottom) / spread) / Math.log(p.period) : 0.5;
        }
      }),
    };
  },
});
