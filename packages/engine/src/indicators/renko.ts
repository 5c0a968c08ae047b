import { defineIndicator, histogram, steps } from './define.js';
import { renko } from './kernel/rebuilt-candles.js';
import { number, period } from './params.js';

export const renkoIndicator = defineIndicator({
  id: 'renko',
  title: 'Renko',
  group: 'price',
  params: {
    size: number('Brick size (0 = ATR)', 0, 0, 1e12, 1),
    atr: period(14, 1, 'ATR period'),
  },
  outputs: { open: steps('Brick open', 'muted'), close: steps('Brick close'), bricks: histogram('Bricks this candle') },
  pane: 'price',
  formula:
    'Last brick as of each close; a brick against the direction needs two sizes. Size 0 takes the first ATR for good.',
  create: (g, p) => renko(g, p.size, p.atr),
});
