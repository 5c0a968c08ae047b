import { defineIndicator, line } from './define.js';
import { map3 } from './kernel/arithmetic.js';
import { annualised, logRatio, meanOver, rogersSatchell, sampleVariance } from './kernel/volatility.js';
import { number, period } from './params.js';

export const yangZhangIndicator = defineIndicator({
  id: 'yang-zhang',
  title: 'Yang-Zhang Volatility',
  group: 'volatility',
  params: { period: period(30, 2), perYear: number('Candles per year', 365, 1, 32_000_000, 1) },
  outputs: { volatility: line('Volatility, %') },
  formula:
    '100 · √((overnight variance + k · open-to-close variance + (1 − k) · Rogers-Satchell) · candles per year), Yang and Zhang 2000.',
  create: (g, p) => {
    const k = 0.34 / (1.34 + (p.period + 1) / (p.period - 1));
    const overnight = sampleVariance(g, logRatio(g, g.open, g.close, 1), p.period);
    const openToClose = sampleVariance(g, logRatio(g, g.close, g.open), p.period);
    const inside = meanOver(g, rogersSatchell(g), p.period);
    const whole = map3(g, overnight, openToClose, inside, (a, b, c) => a + k * b + (1 - k) * c);
    return { volatility: annualised(g, whole, p.perYear) };
  },
});
