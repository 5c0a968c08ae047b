import { definePattern } from './kernel/define-pattern.js';

export const threeWhiteSoldiersPattern = definePattern({
  id: 'three-white-soldiers',
  title: 'Three Advancing White Soldiers',
  talib: 'CDL3WHITESOLDIERS',
  settings: ['shadowVeryShort', 'bodyShort', 'far', 'near'],
  back: 2,
  find: (c) =>
    c.colour(2) === 1 &&
    c.upperShadow(2) < c.limit('shadowVeryShort', 2) &&
    c.colour(1) === 1 &&
    c.upperShadow(1) < c.limit('shadowVeryShort', 1) &&
    c.colour(0) === 1 &&
    c.upperShadow(0) < c.limit('shadowVeryShort', 0) &&
    c.close(0) > c.close(1) &&
    c.close(1) > c.close(2) &&
    c.open(1) > c.open(2) &&
    c.open(1) <= c.close(2) + c.limit('near', 2) &&
    c.open(0) > c.open(1) &&
    c.open(0) <= c.close(1) + c.limit('near', 1) &&
    c.body(1) > c.body(2) - c.limit('far', 2) &&
    c.body(0) > c.body(1) - c.limit('far', 1) &&
    c.body(0) > c.limit('bodyShort', 0)
      ? 100
      : 0,
});
