import { defineIndicator, steps } from './define.js';
import type { Series } from './kernel/graph.js';
import { sessionLevels } from './kernel/session-levels.js';
import { ANCHORS } from './kernel/sessions.js';
import { choice } from './params.js';

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
    s1: steps('S1', 'up', { sparse: true }),
    s2: steps('S2', 'up', { sparse: true }),
    s3: steps('S3', 'up', { sparse: true }),
    s4: steps('S4', 'up', { sparse: true }),
  },
  pane: 'price',
  formula:
    'Levels from the last finished UTC session: close ± range · 1.1 / 12, / 6, / 4, / 2 (Scott 1989); p = (h + l + c) / 3.',
  create: (g, params) => {
    const levels = sessionLevels(g, params.session, 9, ({ high, low, close }) => {
      const p = (high + low + close) / 3;
      const reach = (share: number): number => ((high - low) * 1.1) / share;
      return [
        p,
        close + reach(12),
        close + reach(6),
        close + reach(4),
        close + reach(2),
        close - reach(12),
        close - reach(6),
        close - reach(4),
        close - reach(2),
      ];
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
