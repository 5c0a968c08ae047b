import { definePattern } from './kernel/define-pattern.js';

export const concealingBabySwallowPattern = definePattern({
  id: 'concealing-baby-swallow',
  title: 'Concealing Baby Swallow',
  talib: 'CDLCONCEALBABYSWALL',
  settings: ['shadowVeryShort'],
  back: 3,
  find: (c) =>
    c.colour(3) === -1 &&
    c.colour(2) === -1 &&
    c.colour(1) === -1 &&
    c.colour(0) === -1 &&
    c.lowerShadow(3) < c.limit('shadowVeryShort', 3) &&
    c.upperShadow(3) < c.limit('shadowVeryShort', 3) &&
    c.lowerShadow(2) < c.limit('shadowVeryShort', 2) &&
    c.upperShadow(2) < c.limit('shadowVeryShort', 2) &&
    c.gapDown(1, 2) &&
    c.upperShadow(1) > c.limit('shadowVeryShort', 1) &&
    c.high(1) > c.close(2) &&
    c.high(0) > c.high(1) &&
    c.low(0) < c.low(1)
      ? 100
      : 0,
});
