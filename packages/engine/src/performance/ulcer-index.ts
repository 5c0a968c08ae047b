import { defineMetric } from './metric.js';
import { cagr } from './cagr.js';
import { DAYS_MIN } from './run-facts.js';

/** Root of the mean squared drawdown over all points: deep and long falls weigh most. */
export const ulcerIndex = defineMetric({
  id: 'ulcerIndex',
  title: 'Ulcer index',
  group: 'drawdown',
  unit: 'ratio',
  needs: { points: 1 },
  definition: 'Root of the mean squared drawdown over all points: deep and long falls weigh most.',
  formula: '√mean(drawdown²)',
  source: 'P. Martin and B. McCann (1989)',
  calculate: (facts) => {
    const depths = facts.underwater;
    let squares = 0;
    for (let i = 0; i < depths.length; i++) squares += depths[i]! * depths[i]!;
    return Math.sqrt(squares / depths.length);
  },
});

/** Annual growth above the risk-free return per unit of the ulcer index. */
export const martin = defineMetric({
  id: 'martin',
  title: 'Martin ratio',
  group: 'drawdown',
  unit: 'number',
  needs: { days: DAYS_MIN },
  definition: 'Annual growth above the risk-free return per unit of the ulcer index.',
  formula: '(CAGR − risk-free) ÷ ulcer index',
  source: 'P. Martin (1989), "ulcer performance index"; quantstats upi takes the total return',
  calculate: (facts) => (cagr.calculate(facts) - facts.riskFreeRatio) / ulcerIndex.calculate(facts),
});
