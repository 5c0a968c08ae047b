import { defineMetric } from './metric.js';
import { sum } from './moments.js';

/** Share of time in which at least one position was held. */
export const exposure = defineMetric({
  id: 'exposure',
  title: 'Time in the market',
  group: 'return',
  unit: 'ratio',
  needs: { points: 1 },
  definition: 'Share of time in which at least one position was held.',
  formula:
    'time from the open of the entry candle to that of the exit candle, overlaps once, an open trade up to the end ÷ time from the open of the first candle to the last point',
  source: 'quantstats exposure; backtesting.py Exposure Time',
  calculate: (facts) => {
    const endMs = facts.timesMs.at(-1) ?? 0;
    const open = facts.openTrips.map(({ entryTimeMs }) => [entryTimeMs, endMs] as const);
    const finished = facts.roundTrips.map(({ entryTimeMs, exitTimeMs }) => [entryTimeMs, exitTimeMs] as const);
    const stays = [...finished, ...open].sort((a, b) => a[0] - b[0]);
    let coveredTo = -Infinity;
    const lengths = stays.map(([from, to]) => {
      const added = Math.max(0, to - Math.max(from, coveredTo));
      coveredTo = Math.max(coveredTo, to);
      return added;
    });
    return Math.min(1, sum(lengths) / facts.spanMs);
  },
});
