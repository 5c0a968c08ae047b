import { defineIndicator, line } from './define.js';
import { subtract } from './kernel/arithmetic.js';
import { ema } from './kernel/averages.js';
import { period } from './params.js';

export const klingerIndicator = defineIndicator({
  id: 'klinger',
  title: 'Klinger Oscillator',
  group: 'volume',
  params: {
    fast: period(34, 1, 'Fast EMA'),
    slow: period(55, 1, 'Slow EMA'),
    signal: period(13, 1, 'Signal EMA'),
  },
  outputs: { klinger: line('Klinger'), signal: line('Signal', 'secondary') },
  levels: [0],
  formula:
    'EMA(fast) − EMA(slow) of volume signed by the change of the typical price, Klinger 1997 (common chart form).',
  create: (g, p) => {
    const price = g.price('hlc3');
    const { volume } = g;
    const signed = g.derive(1, (from, to, out) => {
      for (let i = from; i < to; i++)
        out[i] = price.values[i]! >= price.values[i - 1]! ? volume.values[i]! : -volume.values[i]!;
    });
    const klinger = subtract(g, ema(g, signed, p.fast), ema(g, signed, p.slow));
    return { klinger, signal: ema(g, klinger, p.signal) };
  },
});
