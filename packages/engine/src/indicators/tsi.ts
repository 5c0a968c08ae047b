import { defineIndicator, line, talib } from './define.js';
import { map, map2, mapLag, ratio } from './kernel/arithmetic.js';
import { ema } from './kernel/averages.js';
import type { Series } from './kernel/graph.js';
import { period, source } from './params.js';

export const tsiIndicator = defineIndicator({
  id: 'tsi',
  title: 'True Strength Index',
  group: 'momentum',
  params: {
    source: source(),
    long: period(25, 1, 'Long EMA'),
    short: period(13, 1, 'Short EMA'),
  },
  outputs: { tsi: line('TSI') },
  levels: [-25, 0, 25],
  formula: '100 · EMA(EMA(change)) / EMA(EMA(|change|)), Blau 1991; 0 while nothing moves. Pine gives it as a ratio.',
  pine: ['ta.tsi'],
  talib: talib('TSI', { firstPeriod: 'long', secondPeriod: 'short' }),
  create: (g, p) => {
    const change = mapLag(g, g.source(p.source), 1, (now, then) => now - then);
    const twice = (input: Series): Series => ema(g, ema(g, input, p.long), p.short);
    return { tsi: map2(g, twice(change), twice(map(g, change, Math.abs)), (a, b) => 100 * ratio(a, b)) };
  },
});
