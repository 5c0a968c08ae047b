import { defineIndicator, line, talib } from './define.js';
import { averageDirectionalIndex } from './kernel/directional.js';
import { period } from './params.js';

export const adxIndicator = defineIndicator({
  id: 'adx',
  title: 'Average Directional Index',
  group: 'trend',
  params: { period: period(14) },
  outputs: { adx: line('ADX') },
  levels: [25],
  formula: "Wilder's average of the directional index (1978), sums as TA-Lib.",
  talib: talib('ADX', { timePeriod: 'period' }),
  create: (g, p) => ({ adx: averageDirectionalIndex(g, p.period) }),
});
