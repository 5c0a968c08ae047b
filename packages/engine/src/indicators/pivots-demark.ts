import { defineIndicator, steps } from './define.js';
import type { Series } from './kernel/graph.js';
import { sessionLevels } from './kernel/session-levels.js';
import { ANCHORS } from './kernel/sessions.js';
import { choice } from './params.js';

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
    const levels = sessionLevels(g, params.session, 3, ({ open, high, low, close }) => {
      const x = close < open ? high + 2 * low + close : close > open ? 2 * high + low + close : high + low + 2 * close;
      return [x / 4, x / 2 - low, x / 2 - high];
    });
    const [p, r1, s1] = levels as [Series, Series, Series];
    return { p, r1, s1 };
  },
});
