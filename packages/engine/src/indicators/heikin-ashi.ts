import { defineIndicator, line, talib } from './define.js';
import { heikinAshi } from './kernel/rebuilt-candles.js';

export const heikinAshiIndicator = defineIndicator({
  id: 'heikin-ashi',
  title: 'Heikin-Ashi',
  group: 'price',
  params: {},
  outputs: {
    open: line('HA open'),
    high: line('HA high', 'up'),
    low: line('HA low', 'down'),
    close: line('HA close', 'secondary'),
  },
  pane: 'price',
  formula: 'Close = mean of the candle, open = mean of the former Heikin-Ashi body, extremes include both.',
  talib: talib('HA'),
  create: (g) => heikinAshi(g),
});
