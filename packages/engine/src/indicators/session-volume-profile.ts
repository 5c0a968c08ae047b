import { defineIndicator, steps } from './define.js';
import { sessionProfile } from './kernel/session-levels.js';
import { ANCHORS } from './kernel/sessions.js';
import { choice, number, period } from './params.js';

export const sessionVolumeProfileIndicator = defineIndicator({
  id: 'session-volume-profile',
  title: 'Session Volume Profile Levels',
  group: 'levels',
  params: {
    session: choice('Session', ANCHORS, 'day'),
    rows: period(50, 2, 'Rows', 1_000),
    share: number('Value area, percent', 70, 1, 100, 1),
  },
  outputs: {
    poc: steps('Point of control', 'primary', { sparse: true }),
    high: steps('Value area high', 'up', { sparse: true }),
    low: steps('Value area low', 'down', { sparse: true }),
  },
  pane: 'price',
  formula: 'Point of control and value area of the last finished UTC session; volume spread evenly over each candle.',
  create: (g, p) => sessionProfile(g, p.session, p.rows, p.share / 100),
});
