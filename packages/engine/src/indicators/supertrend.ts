import { defineIndicator, line, steps } from './define.js';
import { supertrend } from './kernel/supertrend.js';
import { number, period } from './params.js';

export const supertrendIndicator = defineIndicator({
  id: 'supertrend',
  title: 'Supertrend',
  group: 'trend',
  params: { period: period(10, 1, 'ATR period'), multiple: number('ATR multiple', 3, 0.1, 50, 0.1) },
  outputs: { supertrend: line('Supertrend', 'sign'), direction: steps('Direction', 'sign') },
  pane: 'price',
  formula: 'hl2 ∓ multiple · ATR, ratcheted while the close stays on its side, Seban; direction 1 up, −1 down.',
  pine: ['ta.supertrend'],
  create: (g, p) => {
    const found = supertrend(g, p.period, p.multiple);
    return { supertrend: found.line, direction: found.direction };
  },
});
