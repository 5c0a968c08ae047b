import { defineIndicator, steps } from './define.js';
import { sessionLevels } from './kernel/session-levels.js';
import { ANCHORS } from './kernel/sessions.js';
import { choice } from './params.js';

const LEVELS = ['p', 'r1', 'r2', 'r3', 'r4', 's1', 's2', 's3', 's4'] as const;

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
    return sessionLevels(g, params.session, LEVELS, ({ high, low, nextOpen }) => {
      const p = (high + low + 2 * nextOpen) / 4;
      const range = high - low;
      const [r3, s3] = [high + 2 * (p - low), low - 2 * (high - p)];
      return {
        p,
        r1: 2 * p - low,
        r2: p + range,
        r3,
        r4: r3 + range,
        s1: 2 * p - high,
        s2: p - range,
        s3,
        s4: s3 - range,
      };
    });
  },
});
