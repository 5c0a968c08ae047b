import { defineIndicator, line } from './define.js';
import { mapLag } from './kernel/arithmetic.js';
import { annualised, sampleVariance } from './kernel/volatility.js';
import { number, period, source } from './params.js';

export const realisedVolatilityIndicator = defineIndicator({
  id: 'realised-volatility',
  title: 'Realised Volatility (close to close)',
  group: 'volatility',
  params: { source: source(), period: period(30, 2), perYear: number('Candles per year', 365, 1, 32_000_000, 1) },
  outputs: { volatility: line('Volatility, %') },
  formula: '100 · √(sample variance of log returns · candles per year).',
  create: (g, p) => {
    const input = g.source(p.source);
    const change = mapLag(g, input, 1, (now, then) => (now > 0 && then > 0 ? Math.log(now / then) : 0));
    return { volatility: annualised(g, sampleVariance(g, change, p.period), p.perYear) };
  },
});
