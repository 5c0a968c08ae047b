import { defineIndicator, line } from './define.js';
import { map2 } from './kernel/arithmetic.js';
import { annualised, logRatio, meanOver } from './kernel/volatility.js';
import { number, period } from './params.js';

export const garmanKlassIndicator = defineIndicator({
  id: 'garman-klass',
  title: 'Garman-Klass Volatility',
  group: 'volatility',
  params: { period: period(30), perYear: number('Candles per year', 365, 1, 32_000_000, 1) },
  outputs: { volatility: line('Volatility, %') },
  formula:
    '100 · √(mean of ½ ln(high / low)² − (2 ln 2 − 1) ln(close / open)² · candles per year), Garman and Klass 1980.',
  create: (g, p) => {
    const estimate = map2(
      g,
      logRatio(g, g.high, g.low),
      logRatio(g, g.close, g.open),
      (range, body) => 0.5 * range * range - (2 * Math.LN2 - 1) * body * body,
    );
    return { volatility: annualised(g, meanOver(g, estimate, p.period), p.perYear) };
  },
});
