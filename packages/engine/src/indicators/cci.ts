import { defineIndicator, line, talib } from './define.js';
import { commodityChannel } from './kernel/oscillator.js';
import { period, source } from './params.js';

export const cciIndicator = defineIndicator({
  id: 'cci',
  title: 'Commodity Channel Index',
  group: 'momentum',
  params: { source: source('hlc3'), period: period(20) },
  outputs: { cci: line('CCI') },
  levels: [-100, 0, 100],
  formula: '(value − SMA) / (0.015 · mean deviation), Lambert 1980; 0 in a flat window.',
  pine: ['ta.cci'],
  talib: talib('CCI', { timePeriod: 'period' }, { period: 14 }),
  create: (g, p) => ({ cci: commodityChannel(g, g.source(p.source), p.period) }),
});
