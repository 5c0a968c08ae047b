import { defineIndicator, steps } from './define.js';
import { sessionLevels } from './kernel/session-levels.js';
import { ANCHORS } from './kernel/sessions.js';
import { choice } from './params.js';

const LEVELS = ['p', 'r1', 'r2', 'r3', 'r4', 'r5', 's1', 's2', 's3', 's4', 's5'] as const;

export const pivotsClassicIndicator = defineIndicator({
  id: 'pivots-classic',
  title: 'Pivot Points (Classic)',
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
    'Levels from the last finished UTC session: r1 = 2·p − low, s1 = 2·p − high, r2 = p + range, s2 = p − range, r3 = high + 2·(p − low), s3 = low − 2·(high − p), and two further (r4 = high + 3·(p − low), r5 = high + 4·(p − low) …); p = (h + l + c) / 3. Pine calls them Traditional.',
  pine: ['ta.pivot_point_levels'],
  create: (g, params) => {
    return sessionLevels(g, params.session, LEVELS, ({ high, low, close }) => {
      const p = (high + low + close) / 3;
      const range = high - low;
      return {
        p,
        r1: 2 * p - low,
        r2: p + range,
        r3: high + 2 * (p - low),
        r4: high + 3 * (p - low),
        r5: high + 4 * (p - low),
        s1: 2 * p - high,
        s2: p - range,
        s3: low - 2 * (high - p),
        s4: low - 3 * (high - p),
        s5: low - 4 * (high - p),
      };
    });
  },
});
