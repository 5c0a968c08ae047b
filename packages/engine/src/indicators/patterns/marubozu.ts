import { definePattern } from './kernel/define-pattern.js';

export const marubozuPattern = definePattern({
  id: 'marubozu',
  title: 'Marubozu',
  talib: 'CDLMARUBOZU',
  settings: ['bodyLong', 'shadowVeryShort'],
  back: 0,
  find: (c) =>
    c.body(0) > c.limit('bodyLong', 0) &&
    c.upperShadow(0) < c.limit('shadowVeryShort', 0) &&
    c.lowerShadow(0) < c.limit('shadowVeryShort', 0)
      ? c.colour(0) * 100
      : 0,
});
