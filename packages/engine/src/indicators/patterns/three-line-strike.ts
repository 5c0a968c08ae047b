import { definePattern } from './kernel/define-pattern.js';

export const threeLineStrikePattern = definePattern({
  id: 'three-line-strike',
  title: 'Three-Line Strike',
  talib: 'CDL3LINESTRIKE',
  settings: ['near'],
  back: 3,
  find: (c) =>
    c.colour(3) === c.colour(2) &&
    c.colour(2) === c.colour(1) &&
    c.colour(0) === -c.colour(1) &&
    c.open(2) >= c.bottom(3) - c.limit('near', 3) &&
    c.open(2) <= c.top(3) + c.limit('near', 3) &&
    c.open(1) >= c.bottom(2) - c.limit('near', 2) &&
    c.open(1) <= c.top(2) + c.limit('near', 2) &&
    ((c.colour(1) === 1 &&
      c.close(1) > c.close(2) &&
      c.close(2) > c.close(3) &&
      c.open(0) > c.close(1) &&
      c.close(0) < c.open(3)) ||
      (c.colour(1) === -1 &&
        c.close(1) < c.close(2) &&
        c.close(2) < c.close(3) &&
        c.open(0) < c.close(1) &&
        c.close(0) > c.open(3)))
      ? c.colour(1) * 100
      : 0,
});
