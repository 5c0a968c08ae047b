import { defineIndicator, line, talib } from './define.js';
import { directionalIndicator, directionalSums } from './kernel/directional.js';
import { period } from './params.js';

export const plusDiIndicator = defineIndicator({
  id: 'plus-di',
  title: 'Plus Directional Indicator',
  group: 'trend',
  params: { period: period(14) },
  outputs: { plusDi: line('+DI', 'up') },
  formula: '100 · +DM / true range, Wilder sums (1978).',
  talib: talib('PLUS_DI', { timePeriod: 'period' }),
  create: (g, p) => {
    const { plus, range } = directionalSums(g, p.period);
    return { plusDi: directionalIndicator(g, plus, range, p.period) };
  },
});
