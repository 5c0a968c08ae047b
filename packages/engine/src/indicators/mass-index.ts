import { defineIndicator, line, talib } from './define.js';
import { map2, ratio, subtract } from './kernel/arithmetic.js';
import { ema } from './kernel/averages.js';
import { windowSum } from './kernel/window-sum.js';
import { period } from './params.js';

export const massIndexIndicator = defineIndicator({
  id: 'mass-index',
  title: 'Mass Index',
  group: 'volatility',
  params: { ema: period(9, 1, 'EMA period'), sum: period(25, 1, 'Sum period') },
  outputs: { mass: line('Mass index') },
  levels: [26.5, 27],
  formula: 'Σ EMA(high − low) / EMA(EMA(high − low)), Dorsey 1992; a flat market counts as 1 per candle.',
  talib: talib('MASSI', { fastPeriod: 'ema', slowPeriod: 'sum' }),
  create: (g, p) => {
    const once = ema(g, subtract(g, g.high, g.low), p.ema);
    const share = map2(g, once, ema(g, once, p.ema), (a, b) => ratio(a, b, 1));
    return { mass: windowSum(g, share, p.sum) };
  },
});
