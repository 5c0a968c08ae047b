import { definePattern } from './kernel/define-pattern.js';

export const advanceBlockPattern = definePattern({
  id: 'advance-block',
  title: 'Advance Block',
  talib: 'CDLADVANCEBLOCK',
  settings: ['shadowLong', 'shadowShort', 'far', 'near', 'bodyLong'],
  back: 2,
  find: (c) =>
    c.colour(2) === 1 &&
    c.colour(1) === 1 &&
    c.colour(0) === 1 &&
    c.close(0) > c.close(1) &&
    c.close(1) > c.close(2) &&
    c.open(1) > c.open(2) &&
    c.open(1) <= c.close(2) + c.limit('near', 2) &&
    c.open(0) > c.open(1) &&
    c.open(0) <= c.close(1) + c.limit('near', 1) &&
    c.body(2) > c.limit('bodyLong', 2) &&
    c.upperShadow(2) < c.limit('shadowShort', 2) &&
    ((c.body(1) < c.body(2) - c.limit('far', 2) && c.body(0) < c.body(1) + c.limit('near', 1)) ||
      c.body(0) < c.body(1) - c.limit('far', 1) ||
      (c.body(0) < c.body(1) &&
        c.body(1) < c.body(2) &&
        (c.upperShadow(0) > c.limit('shadowShort', 0) || c.upperShadow(1) > c.limit('shadowShort', 1))) ||
      (c.body(0) < c.body(1) && c.upperShadow(0) > c.limit('shadowLong', 0)))
      ? -100
      : 0,
});
