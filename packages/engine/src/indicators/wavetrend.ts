import { defineIndicator, line } from './define.js';
import { map, map2, ratio, subtract } from './kernel/arithmetic.js';
import { ema } from './kernel/averages.js';
import { sma } from './kernel/window-sum.js';
import { period, source } from './params.js';

export const wavetrendIndicator = defineIndicator({
  id: 'wavetrend',
  title: 'WaveTrend',
  group: 'momentum',
  params: {
    source: source('hlc3'),
    channel: period(10, 1, 'Channel EMA'),
    average: period(21, 1, 'Average EMA'),
    signal: period(4, 1, 'Signal SMA'),
  },
  outputs: { wt1: line('WT1'), wt2: line('WT2', 'secondary') },
  levels: [-60, -53, 0, 53, 60],
  formula: 'EMA of (price − EMA) / (0.015 · EMA of |price − EMA|), LazyBear; 0 while flat.',
  create: (g, p) => {
    const input = g.source(p.source);
    const centre = ema(g, input, p.channel);
    const away = subtract(g, input, centre);
    const width = ema(g, map(g, away, Math.abs), p.channel);
    const wt1 = ema(
      g,
      map2(g, away, width, (distance, wide) => ratio(distance, 0.015 * wide)),
      p.average,
    );
    return { wt1, wt2: sma(g, wt1, p.signal) };
  },
});
