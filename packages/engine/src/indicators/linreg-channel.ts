import { band, defineIndicator, line } from './define.js';
import { map2 } from './kernel/arithmetic.js';
import { around } from './kernel/bands.js';
import { regression } from './kernel/window-linear.js';
import { windowMoments } from './kernel/window-moments.js';
import { number, period, source } from './params.js';

export const linregChannelIndicator = defineIndicator({
  id: 'linreg-channel',
  title: 'Linear Regression Channel',
  group: 'band',
  params: { source: source(), period: period(100, 2), deviations: number('Deviations', 2, 0.1, 20, 0.1) },
  outputs: {
    upper: band('Upper', 'lower'),
    middle: line('Middle'),
    lower: line('Lower', 'muted'),
    slope: { title: 'Slope', plot: 'line', role: 'muted' },
  },
  pane: 'price',
  formula: 'End of the least-squares line ± deviations · root mean square distance from it; slope per candle.',
  create: (g, p) => {
    const input = g.source(p.source);
    const { intercept, slope } = regression(g, input, p.period);
    const { variance } = windowMoments(g, input, p.period);
    const centre = map2(g, intercept, slope, (start, rise) => start + rise * (p.period - 1));
    const placeVariance = (p.period ** 2 - 1) / 12;
    const residual = map2(g, variance, slope, (spread, rise) =>
      Math.sqrt(Math.max(0, spread - rise * rise * placeVariance)),
    );
    return { ...around(g, centre, residual, p.deviations), slope };
  },
});
