import { definePattern } from './kernel/define-pattern.js';

export const identicalThreeCrowsPattern = definePattern({
  id: 'identical-three-crows',
  title: 'Identical Three Crows',
  talib: 'CDLIDENTICAL3CROWS',
  settings: ['shadowVeryShort', 'equal'],
  back: 2,
  find: (c) =>
    c.colour(2) === -1 &&
    c.lowerShadow(2) < c.limit('shadowVeryShort', 2) &&
    c.colour(1) === -1 &&
    c.lowerShadow(1) < c.limit('shadowVeryShort', 1) &&
    c.colour(0) === -1 &&
    c.lowerShadow(0) < c.limit('shadowVeryShort', 0) &&
    c.close(2) > c.close(1) &&
    c.close(1) > c.close(0) &&
    c.open(1) <= c.close(2) + c.limit('equal', 2) &&
    c.open(1) >= c.close(2) - c.limit('equal', 2) &&
    c.open(0) <= c.close(1) + c.limit('equal', 1) &&
    c.open(0) >= c.close(1) - c.limit('equal', 1)
      ? -100
      : 0,
});
