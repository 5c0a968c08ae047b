import { definePattern } from './kernel/define-pattern.js';

export const stalledPatternPattern = definePattern({
  id: 'stalled-pattern',
  title: 'Stalled Pattern',
  talib: 'CDLSTALLEDPATTERN',
  settings: ['bodyLong', 'bodyShort', 'shadowVeryShort', 'near'],
  back: 2,
  find: (c) =>
    c.colour(2) === 1 &&
    c.colour(1) === 1 &&
    c.colour(0) === 1 &&
    c.close(0) > c.close(1) &&
    c.close(1) > c.close(2) &&
    c.body(2) > c.limit('bodyLong', 2) &&
    c.body(1) > c.limit('bodyLong', 1) &&
    c.upperShadow(1) < c.limit('shadowVeryShort', 1) &&
    c.open(1) > c.open(2) &&
    c.open(1) <= c.close(2) + c.limit('near', 2) &&
    c.body(0) < c.limit('bodyShort', 0) &&
    c.open(0) >= c.close(1) - c.body(0) - c.limit('near', 1)
      ? -100
      : 0,
});
