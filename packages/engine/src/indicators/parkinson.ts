import { defineIndicator, line } from './define.js';
import { map } from './kernel/arithmetic.js';
import { annualised, logRatio, meanOver } from './kernel/volatility.js';
import { number, period } from './params.js';

export const parkinsonIndicator = defineIndicator({
  id: 'parkinson',
  title: 'Parkinson Volatility',
  group: 'volatility',
  params: { period: period(30), perYear: number('Candles per year', 365, 1, 32_000_000, 1) },
  outputs: { volatility: line('Volatility, %') },
  formula: '100 · √(mean of ln(high / low)² / (4 ln 2) · candles per year), Parkinson 1980.',
  create: (g, p) => {
    const range = map(g, logRatio(g, g.high, g.low), (value) => (value * value) / (4 * Math.LN2));
    return { volatility: annualised(g, meanOver(g, range, p.period), p.perYear) };
  },
});
