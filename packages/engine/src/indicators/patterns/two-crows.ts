import { definePattern } from './kernel/define-pattern.js';

export const twoCrowsPattern = definePattern({
  id: 'two-crows',
  title: 'Two Crows',
  talib: 'CDL2CROWS',
  settings: ['bodyLong'],
  back: 2,
  find: (c) =>
    c.colour(2) === 1 &&
    c.body(2) > c.limit('bodyLong', 2) &&
    c.colour(1) === -1 &&
    c.gapUp(1, 2) &&
    c.colour(0) === -1 &&
    c.open(0) < c.open(1) &&
    c.open(0) > c.close(1) &&
    c.close(0) > c.open(2) &&
    c.close(0) < c.close(2)
      ? -100
      : 0,
});
