import { definePattern } from './kernel/define-pattern.js';

export const threeStarsInSouthPattern = definePattern({
  id: 'three-stars-in-south',
  title: 'Three Stars in the South',
  talib: 'CDL3STARSINSOUTH',
  settings: ['shadowVeryShort', 'shadowLong', 'bodyLong', 'bodyShort'],
  back: 2,
  find: (c) =>
    c.colour(2) === -1 &&
    c.colour(1) === -1 &&
    c.colour(0) === -1 &&
    c.body(2) > c.limit('bodyLong', 2) &&
    c.lowerShadow(2) > c.limit('shadowLong', 2) &&
    c.body(1) < c.body(2) &&
    c.open(1) > c.close(2) &&
    c.open(1) <= c.high(2) &&
    c.low(1) < c.close(2) &&
    c.low(1) >= c.low(2) &&
    c.lowerShadow(1) > c.limit('shadowVeryShort', 1) &&
    c.body(0) < c.limit('bodyShort', 0) &&
    c.lowerShadow(0) < c.limit('shadowVeryShort', 0) &&
    c.upperShadow(0) < c.limit('shadowVeryShort', 0) &&
    c.low(0) > c.low(1) &&
    c.high(0) < c.high(1)
      ? 100
      : 0,
});
