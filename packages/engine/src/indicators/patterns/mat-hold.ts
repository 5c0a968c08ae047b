import { definePattern } from './kernel/define-pattern.js';

export const matHoldPattern = definePattern({
  id: 'mat-hold',
  title: 'Mat Hold',
  talib: 'CDLMATHOLD',
  settings: ['bodyShort', 'bodyLong'],
  back: 4,
  penetration: 0.5,
  find: (c, penetration) =>
    c.body(4) > c.limit('bodyLong', 4) &&
    c.body(3) < c.limit('bodyShort', 3) &&
    c.body(2) < c.limit('bodyShort', 2) &&
    c.body(1) < c.limit('bodyShort', 1) &&
    c.colour(4) === 1 &&
    c.colour(3) === -1 &&
    c.colour(0) === 1 &&
    c.gapUp(3, 4) &&
    c.bottom(2) < c.close(4) &&
    c.bottom(1) < c.close(4) &&
    c.bottom(2) > c.close(4) - c.body(4) * penetration &&
    c.bottom(1) > c.close(4) - c.body(4) * penetration &&
    c.top(2) < c.open(3) &&
    c.top(1) < c.top(2) &&
    c.open(0) > c.close(1) &&
    c.close(0) > Math.max(Math.max(c.high(3), c.high(2)), c.high(1))
      ? 100
      : 0,
});
