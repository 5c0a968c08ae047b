import { defineIndicator, dots, talib } from './define.js';
import { acceleration, parabolic } from './kernel/parabolic.js';
import { number } from './params.js';

export const sarIndicator = defineIndicator({
  id: 'sar',
  title: 'Parabolic SAR',
  group: 'trend',
  params: {
    acceleration: number('Acceleration', 0.02, 0, 10, 0.01),
    maximum: number('Largest acceleration', 0.2, 0, 10, 0.01),
  },
  outputs: { sar: dots('SAR') },
  pane: 'price',
  formula: 'Stop and reverse, Wilder 1978; first direction from the first two candles (TA-Lib).',
  pine: ['ta.sar'],
  talib: talib('SAR', { acceleration: 'acceleration', maximum: 'maximum' }),
  create: (g, p) => {
    const rate = acceleration(p.acceleration, p.acceleration, p.maximum);
    const { sar } = parabolic(g, { start: 0, offset: 0, long: rate, short: rate });
    return { sar };
  },
});
