import { defineIndicator, line } from './define.js';
import { ratio } from './kernel/arithmetic.js';
import { sma } from './kernel/window-sum.js';
import { number, period } from './params.js';

export const eomIndicator = defineIndicator({
  id: 'eom',
  title: 'Ease of Movement',
  group: 'volume',
  params: { period: period(14), divisor: number('Divisor', 10_000, 1, 1e12, 1_000) },
  outputs: { eom: line('EOM') },
  levels: [0],
  formula: 'SMA of divisor · change of (high + low) / 2 · (high − low) / volume, Arms; 0 for a candle without volume.',
  create: (g, p) => {
    const { high, low, volume } = g;
    const ease = g.derive(1, (from, to, out) => {
      for (let i = from; i < to; i++) {
        const moved = (high.values[i]! + low.values[i]! - high.values[i - 1]! - low.values[i - 1]!) / 2;
        out[i] = ratio(p.divisor * moved * (high.values[i]! - low.values[i]!), volume.values[i]!);
      }
    });
    return { eom: sma(g, ease, p.period) };
  },
});
