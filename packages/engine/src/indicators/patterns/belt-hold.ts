import { definePattern } from './kernel/define-pattern.js';

export const beltHoldPattern = definePattern({
  id: 'belt-hold',
  title: 'Belt Hold',
  talib: 'CDLBELTHOLD',
  settings: ['bodyLong', 'shadowVeryShort'],
  back: 0,
  find: (c) =>
    c.body(0) > c.limit('bodyLong', 0) &&
    ((c.colour(0) === 1 && c.lowerShadow(0) < c.limit('shadowVeryShort', 0)) ||
      (c.colour(0) === -1 && c.upperShadow(0) < c.limit('shadowVeryShort', 0)))
      ? c.colour(0) * 100
      : 0,
});
