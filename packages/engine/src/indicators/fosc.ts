import { defineIndicator, line, talib } from './define.js';
import { lagged, map2, ratio } from './kernel/arithmetic.js';
import { regression } from './kernel/window-linear.js';
import { period, source } from './params.js';

export const foscIndicator = defineIndicator({
  id: 'fosc',
  title: 'Forecast Oscillator',
  group: 'momentum',
  params: { source: source(), period: period(5, 2) },
  outputs: { fosc: line('FOSC') },
  levels: [0],
  formula: '100 · (value − forecast made one candle ago) / value, Chande.',
  talib: talib('FOSC', { timePeriod: 'period' }),
  create: (g, p) => {
    const input = g.source(p.source);
    const { intercept, slope } = regression(g, input, p.period);
    const forecast = lagged(
      g,
      map2(g, intercept, slope, (start, rise) => start + rise * p.period),
      1,
    );
    return { fosc: map2(g, input, forecast, (value, guess) => 100 * ratio(value - guess, value)) };
  },
});
