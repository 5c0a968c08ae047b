import { definePattern } from './kernel/define-pattern.js';

export const separatingLinesPattern = definePattern({
  id: 'separating-lines',
  title: 'Separating Lines',
  talib: 'CDLSEPARATINGLINES',
  settings: ['shadowVeryShort', 'bodyLong', 'equal'],
  back: 1,
  find: (c) =>
    c.colour(1) === -c.colour(0) &&
    c.open(0) <= c.open(1) + c.limit('equal', 1) &&
    c.open(0) >= c.open(1) - c.limit('equal', 1) &&
    c.body(0) > c.limit('bodyLong', 0) &&
    ((c.colour(0) === 1 && c.lowerShadow(0) < c.limit('shadowVeryShort', 0)) ||
      (c.colour(0) === -1 && c.upperShadow(0) < c.limit('shadowVeryShort', 0)))
      ? c.colour(0) * 100
      : 0,
});
