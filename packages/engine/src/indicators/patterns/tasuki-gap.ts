import { definePattern } from './kernel/define-pattern.js';

export const tasukiGapPattern = definePattern({
  id: 'tasuki-gap',
  title: 'Tasuki Gap',
  talib: 'CDLTASUKIGAP',
  settings: ['near'],
  back: 2,
  find: (c) =>
    (c.gapUp(1, 2) &&
      c.colour(1) === 1 &&
      c.colour(0) === -1 &&
      c.open(0) < c.close(1) &&
      c.open(0) > c.open(1) &&
      c.close(0) < c.open(1) &&
      c.close(0) > c.top(2) &&
      Math.abs(c.body(1) - c.body(0)) < c.limit('near', 1)) ||
    (c.gapDown(1, 2) &&
      c.colour(1) === -1 &&
      c.colour(0) === 1 &&
      c.open(0) < c.open(1) &&
      c.open(0) > c.close(1) &&
      c.close(0) > c.open(1) &&
      c.close(0) < c.bottom(2) &&
      Math.abs(c.body(1) - c.body(0)) < c.limit('near', 1))
      ? c.colour(1) * 100
      : 0,
});
