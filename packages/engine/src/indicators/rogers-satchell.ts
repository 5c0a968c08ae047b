import { defineIndicator, line } from './define.js';
import { annualised, meanOver, rogersSatchell } from './kernel/volatility.js';
import { number, period } from './params.js';

export const rogersSatchellIndicator = defineIndicator({
  id: 'rogers-satchell',
  title: 'Rogers-Satchell Volatility',
  group: 'volatility',
  params: { period: period(30), perYear: number('Candles per year', 365, 1, 32_000_000, 1) },
  outputs: { volatility: line('Volatility, %') },
  formula: '100 · √(mean of ln(h / c) ln(h / o) + ln(l / c) ln(l / o) · candles per year), Rogers and Satchell 1991.',
  create: (g, p) => ({ volatility: annualised(g, meanOver(g, rogersSatchell(g), p.period), p.perYear) }),
});
