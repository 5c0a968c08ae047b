import { definePattern } from './kernel/define-pattern.js';

export const kickingPattern = definePattern({
  id: 'kicking',
  title: 'Kicking',
  talib: 'CDLKICKING',
  settings: ['shadowVeryShort', 'bodyLong'],
  back: 1,
  find: (c) =>
    c.colour(1) === -c.colour(0) &&
    c.body(1) > c.limit('bodyLong', 1) &&
    c.upperShadow(1) < c.limit('shadowVeryShort', 1) &&
    c.lowerShadow(1) < c.limit('shadowVeryShort', 1) &&
    c.body(0) > c.limit('bodyLong', 0) &&
    c.upperShadow(0) < c.limit('shadowVeryShort', 0) &&
    c.lowerShadow(0) < c.limit('shadowVeryShort', 0) &&
    ((c.colour(1) === -1 && c.clearGapUp(0, 1)) || (c.colour(1) === 1 && c.clearGapDown(0, 1)))
      ? c.colour(0) * 100
      : 0,
});
