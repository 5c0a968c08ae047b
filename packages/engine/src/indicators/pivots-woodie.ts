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
    r4: steps('R4', 'down', { sparse: true }),
    s1: steps('S1', 'up', { sparse: true }),
    s2: steps('S2', 'up', { sparse: true }),
    s3: steps('S3', 'up', { sparse: true }),
    s4: steps('S4', 'up', { sparse: true }),
  },
  pane: 'price',
  formula:
    'Levels from the last finished UTC session: p = (h + l + 2 · open of the running session) / 4; levels as classic up to the third, the fourth one range further.',
  create: (g, params) => {
    const levels = sessionLevels(g, params.session, 9, ({ high, low, nextOpen }) => {
      const p = (high + low + 2 * nextOpen) / 4;
      const range = high - low;
      const [r3, s3] = [high + 2 * (p - low), low - 2 * (high - p)];
      return [p, 2 * p - low, p + range, r3, r3 + range, 2 * p - high, p - range, s3, s3 - range];
    });
    const [p, r1, r2, r3, r4, s1, s2, s3, s4] = levels as [
      Series,
      Series,
      Series,
      Series,
      Series,
      Series,
      Series,
      Series,
      Series,
    ];
    return { p, r1, r2, r3, r4, s1, s2, s3, s4 };
  },
});
