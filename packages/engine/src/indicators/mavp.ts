import { defineIndicator, line, talib } from './define.js';
import { averageBegin, movingAverage } from './kernel/moving-average.js';
import { startingAt } from './kernel/views.js';
import { maType, period, source } from './params.js';
import { restsOn } from './kernel/memory.js';

export const mavpIndicator = defineIndicator({
  id: 'mavp',
  title: 'Moving Average with Variable Period',
  group: 'average',
  params: {
    source: source(),
    periods: source('close', 'Periods'),
    minimum: period(2, 1, 'Shortest period', 500),
    maximum: period(30, 1, 'Longest period', 500),
    type: maType('sma', 'Average'),
  },
  outputs: { mavp: line('MAVP') },
  pane: 'price',
  formula: 'Average whose period is read from a second series, held between the shortest and longest (TA-Lib).',
  talib: talib('MAVP', { minPeriod: 'minimum', maxPeriod: 'maximum', maType: 'type' }),
  create: (g, p) => {
    const input = g.source(p.source);
    const wanted = g.source(p.periods, 'periods');
    const shortest = Math.min(p.minimum, p.maximum);
    const longest = Math.max(p.minimum, p.maximum);
    const begin = Math.max(input.begin + averageBegin(longest, p.type), wanted.begin);
    // TA-Lib seeds every average so late that it has its first value where the longest has.
    const averages = Array.from({ length: longest - shortest + 1 }, (_, k) =>
      movingAverage(g, startingAt(input, begin - averageBegin(shortest + k, p.type)), shortest + k, p.type),
    );
    return {
      mavp: restsOn(
        g.derive(begin, (from, to, out) => {
          for (let i = from; i < to; i++) {
            const span = Math.min(longest, Math.max(shortest, Math.trunc(wanted.values[i]!)));
            out[i] = averages[span - shortest]!.values[i]!;
          }
        }),
        averages,
      ),
    };
  },
});
