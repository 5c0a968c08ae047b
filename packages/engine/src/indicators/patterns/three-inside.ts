import { definePattern } from './kernel/define-pattern.js';

export const threeInsidePattern = definePattern({
  id: 'three-inside',
  title: 'Three Inside Up/Down',
  talib: 'CDL3INSIDE',
  settings: ['bodyShort', 'bodyLong'],
  back: 2,
  find: (c) =>
    c.body(2) > c.limit('bodyLong', 2) &&
    c.body(1) <= c.limit('bodyShort', 1) &&
    c.top(1) < c.top(2) &&
    c.bottom(1) > c.bottom(2) &&
    ((c.colour(2) === 1 && c.colour(0) === -1 && c.close(0) < c.open(2)) ||
      (c.colour(2) === -1 && c.colour(0) === 1 && c.close(0) > c.open(2)))
      ? -100 * c.colour(2)
      : 0,
});
