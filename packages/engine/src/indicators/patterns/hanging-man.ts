import { definePattern } from './kernel/define-pattern.js';

export const hangingManPattern = definePattern({
  id: 'hanging-man',
  title: 'Hanging Man',
  talib: 'CDLHANGINGMAN',
  settings: ['bodyShort', 'shadowLong', 'shadowVeryShort', 'near'],
  back: 1,
  find: (c) =>
    c.body(0) < c.limit('bodyShort', 0) &&
    c.lowerShadow(0) > c.limit('shadowLong', 0) &&
    c.upperShadow(0) < c.limit('shadowVeryShort', 0) &&
    c.bottom(0) >= c.high(1) - c.limit('near', 1)
      ? -100
      : 0,
});
