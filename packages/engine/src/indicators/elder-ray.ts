import { defineIndicator, histogram, talib } from './define.js';
import { subtract } from './kernel/arithmetic.js';
import { ema } from './kernel/averages.js';
import { period } from './params.js';

export const elderRayIndicator = defineIndicator({
  id: 'elder-ray',
  title: 'Elder Ray',
  group: 'momentum',
  params: { period: period(13) },
  outputs: { bull: histogram('Bull power', 'up'), bear: histogram('Bear power', 'down') },
  levels: [0],
  formula: 'high − EMA(close) and low − EMA(close), Elder 1989.',
  talib: talib('ERI', { timePeriod: 'period' }),
  create: (g, p) => {
    const average = ema(g, g.close, p.period);
    return { bull: subtract(g, g.high, average), bear: subtract(g, g.low, average) };
  },
});
