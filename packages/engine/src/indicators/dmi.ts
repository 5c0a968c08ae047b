import { defineIndicator, line } from './define.js';
import { rma } from './kernel/averages.js';
import { directionalIndex, directionalIndicator, directionalSums } from './kernel/directional.js';
import { period } from './params.js';

export const dmiIndicator = defineIndicator({
  id: 'dmi',
  title: 'Directional Movement (DMI)',
  group: 'trend',
  params: { period: period(14, 1, 'DI period'), smoothing: period(14, 1, 'ADX smoothing') },
  outputs: { plusDi: line('+DI', 'up'), minusDi: line('−DI', 'down'), adx: line('ADX', 'primary') },
  levels: [25],
  formula: '+DI, −DI and ADX together, Wilder 1978 (Pine `ta.dmi`, with TA-Lib sums).',
  pine: ['ta.dmi'],
  create: (g, p) => {
    const sums = directionalSums(g, p.period);
    return {
      plusDi: directionalIndicator(g, sums.plus, sums.range, p.period),
      minusDi: directionalIndicator(g, sums.minus, sums.range, p.period),
      adx: rma(g, directionalIndex(g, sums, p.period), p.smoothing),
    };
  },
});
