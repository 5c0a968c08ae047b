import { defineIndicator, steps } from './define.js';
import { sessionLevels } from './kernel/session-levels.js';
import { ANCHORS } from './kernel/sessions.js';
import { choice } from './params.js';

const LEVELS = ['p', 'r1', 's1'] as const;

export const pivotsDemarkIndicator = defineIndicator({
  id: 'pivots-demark',
  title: 'Pivot Points (DeMark)',
  group: 'levels',
  params: { session: choice('Session', ANCHORS, 'day') },
  outputs: {
    p: steps('Pivot', 'primary', { sparse: true }),
    r1: steps('R1', 'down', { sparse: true }),
    s1: steps('S1', 'up', { sparse: true }),
  },
  pane: 'price',
  formula:
    'Levels from the last finished UTC session: x = h + 2l + c when the session fell, 2h + l + c when it rose, h + l + 2c otherwise; p = x / 4, r1 = x / 2 − low, s1 = x / 2 − high.',
  create: (g, params) => {
    return sessionLevels(g, params.session, LEVELS, ({ open, high, low, close }) => {
      const x = close < open ? high + 2 * low + close : close > open ? 2 * high + low + close : high + low + 2 * close;
      return { p: x / 4, r1: x / 2 - low, s1: x / 2 - high };
    });
  },
});
