import { defineIndicator, line, talib } from './define.js';
import { mapLag } from './kernel/arithmetic.js';
import { ema } from './kernel/averages.js';
import { period, source } from './params.js';

export const trixIndicator = defineIndicator({
  id: 'trix',
  title: 'TRIX',
  group: 'momentum',
  params: { source: source(), period: period(18) },
  outputs: { trix: line('TRIX') },
  levels: [0],
  formula: '1-candle rate of change, in percent, of a triple EMA, Hutson.',
  talib: talib('TRIX', { timePeriod: 'period' }, { period: 30 }),
  create: (g, p) => {
    const triple = ema(g, ema(g, ema(g, g.source(p.source), p.period), p.period), p.period);
    return { trix: mapLag(g, triple, 1, (now, then) => (then === 0 ? 0 : (now / then - 1) * 100)) };
  },
});
