import { defineIndicator, line, talib } from './define.js';
import { directionalSums } from './kernel/directional.js';
import { period } from './params.js';

export const plusDmIndicator = defineIndicator({
  id: 'plus-dm',
  title: 'Plus Directional Movement',
  group: 'trend',
  params: { period: period(14) },
  outputs: { plusDm: line('+DM', 'up') },
  formula: "Wilder's sum of upward movement (1978).",
  talib: talib('PLUS_DM', { timePeriod: 'period' }),
  create: (g, p) => ({ plusDm: directionalSums(g, p.period).plus }),
});
