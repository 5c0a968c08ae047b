import { defineIndicator, histogram, line, talib } from './define.js';
import { subtract } from './kernel/arithmetic.js';
import type { Graph } from './kernel/graph.js';
import { type Series } from './kernel/graph.js';
import { type MaType, averageBegin, movingAverage } from './kernel/moving-average.js';
import { shownFrom, startingAt } from './kernel/views.js';
import { maType, period, source } from './params.js';

export const macdextIndicator = defineIndicator({
  id: 'macdext',
  title: 'MACD (any averages)',
  group: 'momentum',
  params: {
    source: source(),
    fast: period(12, 1, 'Fast period'),
    fastType: maType('sma', 'Fast average'),
    slow: period(26, 1, 'Slow period'),
    slowType: maType('sma', 'Slow average'),
    signal: period(9, 1, 'Signal period'),
    signalType: maType('sma', 'Signal average'),
  },
  outputs: { macd: line('MACD'), signal: line('Signal', 'secondary'), histogram: histogram('Histogram') },
  levels: [0],
  formula: "Difference of two averages of any kind and its average (TA-Lib's MACDEXT).",
  talib: talib('MACDEXT', {
    fastPeriod: 'fast',
    fastMAType: 'fastType',
    slowPeriod: 'slow',
    slowMAType: 'slowType',
    signalPeriod: 'signal',
    signalMAType: 'signalType',
  }),
  create: (g, p) => {
    const input = g.source(p.source);
    const swap = p.slow < p.fast;
    const [fastPeriod, fastType] = swap ? [p.slow, p.slowType] : [p.fast, p.fastType];
    const [slowPeriod, slowType] = swap ? [p.fast, p.fastType] : [p.slow, p.slowType];
    const fast = seededTogether(g, input, fastPeriod, fastType, slowPeriod, slowType);
    const slow = seededTogether(g, input, slowPeriod, slowType, fastPeriod, fastType);
    const macd = subtract(g, fast, slow);
    const signal = movingAverage(g, macd, p.signal, p.signalType);
    return { macd: shownFrom(g, macd, signal.begin), signal, histogram: subtract(g, macd, signal) };
  },
});

/** The average, started so late that it has its first value together with the other one. */
function seededTogether(
  g: Graph,
  input: Series,
  ownPeriod: number,
  ownType: MaType,
  otherPeriod: number,
  otherType: MaType,
): Series {
  const delay = averageBegin(otherPeriod, otherType) - averageBegin(ownPeriod, ownType);
  return movingAverage(g, startingAt(input, input.begin + Math.max(0, delay)), ownPeriod, ownType);
}
