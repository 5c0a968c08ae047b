import { defineIndicator, line, talib } from './define.js';
import { moneyFlowVolume } from './kernel/accumulation.js';
import { map2, ratio } from './kernel/arithmetic.js';
import { windowSum } from './kernel/window-sum.js';
import { period } from './params.js';

export const cmfIndicator = defineIndicator({
  id: 'cmf',
  title: 'Chaikin Money Flow',
  group: 'volume',
  params: { period: period(20) },
  outputs: { cmf: line('CMF') },
  levels: [0],
  formula: 'Σ money flow volume / Σ volume, Chaikin; 0 where nothing traded.',
  talib: talib('CMF', { timePeriod: 'period' }),
  create: (g, p) => ({
    cmf: map2(g, windowSum(g, moneyFlowVolume(g), p.period), windowSum(g, g.volume, p.period), ratio),
  }),
});
