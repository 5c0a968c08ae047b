import { defineIndicator, line, talib } from './define.js';
import { mapLag } from './kernel/arithmetic.js';
import { ema } from './kernel/averages.js';
import { period, source } from './params.js';

export const zlemaIndicator = defineIndicator({
  id: 'zlema',
  title: 'Zero-Lag Exponential Moving Average',
  group: 'average',
  params: { source: source(), period: period(20) },
  outputs: { zlema: line('ZLEMA') },
  pane: 'price',
  formula: 'EMA of 2 · value − value (period − 1) / 2 candles ago, Ehlers and Way.',
  talib: talib('ZLEMA', { timePeriod: 'period' }, { period: 30 }),
  create: (g, p) => {
    const lag = Math.floor((p.period - 1) / 2);
    return {
      zlema: ema(
        g,
        mapLag(g, g.source(p.source), lag, (now, then) => 2 * now - then),
        p.period,
      ),
    };
  },
});
