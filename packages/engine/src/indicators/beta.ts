import { defineIndicator, line, talib } from './define.js';
import { map2, mapLag, ratio } from './kernel/arithmetic.js';
import { windowPair } from './kernel/window-pair.js';
import { period, source } from './params.js';

export const betaIndicator = defineIndicator({
  id: 'beta',
  title: 'Beta',
  group: 'statistics',
  params: {
    source: source('high', 'Market'),
    other: source('low', 'Instrument'),
    period: period(5),
  },
  outputs: { beta: line('Beta') },
  formula: 'Covariance of the two series of returns / variance of the first; 0 when the first does not move (TA-Lib).',
  talib: talib('BETA', { timePeriod: 'period' }),
  create: (g, p) => {
    const change = (now: number, then: number): number => (then === 0 ? 0 : (now - then) / then);
    const market = mapLag(g, g.source(p.source), 1, change);
    const instrument = mapLag(g, g.source(p.other, 'other'), 1, change);
    const { xx, xy } = windowPair(g, market, instrument, p.period);
    return { beta: map2(g, xy, xx, ratio) };
  },
});
