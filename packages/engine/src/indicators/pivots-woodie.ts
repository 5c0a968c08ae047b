import { defineIndicator, steps } from './define.js';
import type { Series } from './kernel/graph.js';
import { sessionLevels } from './kernel/session-levels.js';
import { ANCHORS } from './kernel/sessions.js';
import { choice } from './params.js';

export const pivotsWoodieIndicator = defineIndicator({
  id: 'pivots-woodie',
  title: 'Pivot Points (Woodie)',
  group: 'levels',
  params: { session: choice('Session', ANCHORS, 'day') },
  outputs: {
    p: steps('Pivot', 'primary', { sparse: true }),
    r1: steps('R1', 'down', { sparse: true }),
    r2: steps('R2', 'down', { sparse: true }),
    r3: steps('R3', 'down', { sparse: true }),
    s1: steps('S1', 'up', { sparse: true }),
    s2: steps('S2', 'up', { sparse: true }),
    s3: steps('S3', 'up', { sparse: true }),
  },
  pane: 'price',
  formula:
    'Levels from the last finished UTC session: p = (h + l + 2 · open of the running session) / 4; levels as classic.',
  create: (g, params) => {
    const levels = sessionLevels(g, params.session, 7, ({ high, low, nextOpen }) => {
      const p = (high + low + 2 * nextOpen) / 4;
      const range = high - low;
      return [p, 2 * p - low, p + range, high + 2 * (p - low), 2 * p - high, p - range, low - 2 * (high - p)];
    });
    const [p, r1, r2, r3, s1, s2, s3] = levels as [Series, Series, Series, Series, Series, Series, Series];
    return { p, r1, r2, r3, s1, s2, s3 };
  },
});
