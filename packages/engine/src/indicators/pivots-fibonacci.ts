import { defineIndicator, steps } from './define.js';
import { sessionLevels } from './kernel/session-levels.js';
import { ANCHORS } from './kernel/sessions.js';
import { choice } from './params.js';

const LEVELS = ['p', 'r1', 'r2', 'r3', 's1', 's2', 's3'] as const;

export const pivotsFibonacciIndicator = defineIndicator({
  id: 'pivots-fibonacci',
  title: 'Pivot Points (Fibonacci)',
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
  formula: 'Levels from the last finished UTC session: p ± 0.382, 0.618 and 1 · range; p = (h + l + c) / 3.',
  create: (g, params) => {
    return sessionLevels(g, params.session, LEVELS, ({ high, low, close }) => {
      const p = (high + low + close) / 3;
      const range = high - low;
      return {
        p,
        r1: p + 0.382 * range,
        r2: p + 0.618 * range,
        r3: p + range,
        s1: p - 0.382 * range,
        s2: p - 0.618 * range,
        s3: p - range,
      };
    });
  },
});
