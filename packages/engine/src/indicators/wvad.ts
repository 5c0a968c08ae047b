import { defineIndicator, line } from './define.js';
import { ratio } from './kernel/arithmetic.js';

export const wvadIndicator = defineIndicator({
  id: 'wvad',
  title: "Williams' Variable Accumulation / Distribution",
  group: 'volume',
  params: {},
  outputs: { wvad: line('WVAD') },
  levels: [0],
  formula: '(close − open) / (high − low) · volume, Williams; 0 for a flat candle.',
  pine: ['ta.wvad'],
  create: (g) => {
    const { open, high, low, close, volume } = g;
    return {
      wvad: g.derive(0, (from, to, out) => {
        for (let i = from; i < to; i++)
          out[i] = ratio(close.values[i]! - open.values[i]!, high.values[i]! - low.values[i]!) * volume.values[i]!;
      }),
    };
  },
});
