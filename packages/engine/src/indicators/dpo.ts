import { defineIndicator, line, talib } from './define.js';
import { lagged, subtract } from './kernel/arithmetic.js';
import { sma } from './kernel/window-sum.js';
import { period, source } from './params.js';

export const dpoIndicator = defineIndicator({
  id: 'dpo',
  title: 'Detrended Price Oscillator',
  group: 'momentum',
  params: { source: source(), period: period(21) },
  outputs: { dpo: line('DPO') },
  levels: [0],
  formula: 'value period / 2 + 1 candles ago − SMA.',
  talib: talib('DPO', { timePeriod: 'period' }, { period: 20 }),
  create: (g, p) => {
    const input = g.source(p.source);
    const back = Math.floor(p.period / 2) + 1;
    return { dpo: subtract(g, lagged(g, input, back), sma(g, input, p.period)) };
  },
});
