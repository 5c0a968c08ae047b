import { definePattern } from './kernel/define-pattern.js';

export const abandonedBabyPattern = definePattern({
  id: 'abandoned-baby',
  title: 'Abandoned Baby',
  talib: 'CDLABANDONEDBABY',
  settings: ['bodyDoji', 'bodyLong', 'bodyShort'],
  back: 2,
  penetration: 0.3,
  find: (c, penetration) =>
    c.body(2) > c.limit('bodyLong', 2) &&
    c.body(1) <= c.limit('bodyDoji', 1) &&
    c.body(0) > c.limit('bodyShort', 0) &&
    ((c.colour(2) === 1 &&
      c.colour(0) === -1 &&
      c.close(0) < c.close(2) - c.body(2) * penetration &&
      c.clearGapUp(1, 2) &&
      c.clearGapDown(0, 1)) ||
      (c.colour(2) === -1 &&
        c.colour(0) === 1 &&
        c.close(0) > c.close(2) + c.body(2) * penetration &&
        c.clearGapDown(1, 2) &&
        c.clearGapUp(0, 1)))
      ? c.colour(0) * 100
      : 0,
});
