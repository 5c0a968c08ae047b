import { defineIndicator, line, talib } from './define.js';
import { directionalIndicator, directionalSums } from './kernel/directional.js';
import { period } from './params.js';

export const minusDiIndicator = defineIndicator({
  id: 'minus-di',
  title: 'Minus Directional Indicator',
  group: 'trend',
  params: { period: period(14) },
  outputs: { minusDi: line('−DI', 'down') },
  formula: '100 · −DM / true range, Wilder sums (1978).',
  talib: talib('MINUS_DI', { timePeriod: 'period' }),
  create: (g, p) => {
    const { minus, range } = directionalSums(g, p.period);
    return { minusDi: directionalIndicator(g, minus, range, p.period) };
  },
});
