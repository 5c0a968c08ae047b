import { definePattern } from './kernel/define-pattern.js';

export const threeBlackCrowsPattern = definePattern({
  id: 'three-black-crows',
  title: 'Three Black Crows',
  talib: 'CDL3BLACKCROWS',
  settings: ['shadowVeryShort'],
  back: 3,
  find: (c) =>
    c.colour(3) === 1 &&
    c.colour(2) === -1 &&
    c.lowerShadow(2) < c.limit('shadowVeryShort', 2) &&
    c.colour(1) === -1 &&
    c.lowerShadow(1) < c.limit('shadowVeryShort', 1) &&
    c.colour(0) === -1 &&
    c.lowerShadow(0) < c.limit('shadowVeryShort', 0) &&
    c.open(1) < c.open(2) &&
    c.open(1) > c.close(2) &&
    c.open(0) < c.open(1) &&
    c.open(0) > c.close(1) &&
    c.high(3) > c.close(2) &&
    c.close(2) > c.close(1) &&
    c.close(1) > c.close(0)
      ? -100
      : 0,
});
