import { defineIndicator, steps } from './define.js';
import { ratio } from './kernel/arithmetic.js';
import { sessionLevels } from './kernel/session-levels.js';
import { ANCHORS } from './kernel/sessions.js';
import { choice } from './params.js';

const LEVELS = ['p', 'r1', 'r2', 'r3', 'r4', 'r5', 's1', 's2', 's3', 's4', 's5'] as const;

export const pivotsCamarillaIndicator = defineIndicator({
  id: 'pivots-camarilla',
  title: 'Pivot Points (Camarilla)',
  group: 'levels',
  params: { session: choice('Session', ANCHORS, 'day') },
  outputs: {
    p: steps('Pivot', 'primary', { sparse: true }),
    r1: steps('R1', 'down', { sparse: true }),
    r2: steps('R2', 'down', { sparse: true }),
    r3: steps('R3', 'down', { sparse: true }),
    r4: steps('R4', 'down', { sparse: true }),
    r5: steps('R5', 'down', { sparse: true }),
    s1: steps('S1', 'up', { sparse: true }),
    s2: steps('S2', 'up', { sparse: true }),
    s3: steps('S3', 'up', { sparse: true }),
    s4: steps('S4', 'up', { sparse: true }),
    s5: steps('S5', 'up', { sparse: true }),
  },
  pane: 'price',
  formula:
    'Levels from the last finished UTC session: close ± range · 1.1 / 12, / 6, / 4, / 2 (Scott 1989), r5 = close · high / low, s5 = 2 · close − r5; p = (h + l + c) / 3.',
  create: (g, params) => {
    return sessionLevels(g, params.session, LEVELS, ({ high, low, close }) => {
      const p = (high + low + close) / 3;
      const farthest = close * ratio(high, low, 1);
      const reach = (share: number): number => ((high - low) * 1.1) / share;
      return {
        p,
        r1: close + reach(12),
        r2: close + reach(6),
        r3: close + reach(4),
        r4: close + reach(2),
        r5: farthest,
        s1: close - reach(12),
        s2: close - reach(6),
        s3: close - reach(4),
        s4: close - reach(2),
        s5: 2 * close - farthest,
      };
    });
  },
});
