import { defineIndicator, line, talib } from './define.js';
import { directionalSums } from './kernel/directional.js';
import { period } from './params.js';

export const minusDmIndicator = defineIndicator({
  id: 'minus-dm',
  title: 'Minus Directional Movement',
  group: 'trend',
  params: { period: period(14) },
  outputs: { minusDm: line('−DM', 'down') },
  formula: "Wilder's sum of downward movement (1978).",
  talib: talib('MINUS_DM', { timePeriod: 'period' }),
  create: (g, p) => ({ minusDm: directionalSums(g, p.period).minus }),
});
