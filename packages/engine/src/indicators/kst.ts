import { defineIndicator, line } from './define.js';
import { map2, map3 } from './kernel/arithmetic.js';
import type { Series } from './kernel/graph.js';
import { rateOfChange } from './kernel/oscillator.js';
import { sma } from './kernel/window-sum.js';
import { period, source } from './params.js';

export const kstIndicator = defineIndicator({
  id: 'kst',
  title: 'Know Sure Thing',
  group: 'momentum',
  params: {
    source: source(),
    roc1: period(10, 1, 'ROC 1'),
    roc2: period(15, 1, 'ROC 2'),
    roc3: period(20, 1, 'ROC 3'),
    roc4: period(30, 1, 'ROC 4'),
    sma1: period(10, 1, 'SMA 1'),
    sma2: period(10, 1, 'SMA 2'),
    sma3: period(10, 1, 'SMA 3'),
    sma4: period(15, 1, 'SMA 4'),
    signal: period(9, 1, 'Signal SMA'),
  },
  outputs: { kst: line('KST'), signal: line('Signal', 'secondary') },
  levels: [0],
  formula: 'Four smoothed rates of change weighted 1, 2, 3, 4, Pring 1992.',
  create: (g, p) => {
    const input = g.source(p.source);
    const part = (span: number, smoothing: number): Series => sma(g, rateOfChange(g, input, span), smoothing);
    const early = map2(g, part(p.roc1, p.sma1), part(p.roc2, p.sma2), (a, b) => a + 2 * b);
    const kst = map3(g, early, part(p.roc3, p.sma3), part(p.roc4, p.sma4), (sum, c, d) => sum + 3 * c + 4 * d);
    return { kst, signal: sma(g, kst, p.signal) };
  },
});
