import { definePattern } from './kernel/define-pattern.js';

export const longLinePattern = definePattern({
  id: 'long-line',
  title: 'Long Line Candle',
  talib: 'CDLLONGLINE',
  settings: ['bodyLong', 'shadowShort'],
  back: 0,
  find: (c) =>
    c.body(0) > c.limit('bodyLong', 0) &&
    c.upperShadow(0) < c.limit('shadowShort', 0) &&
    c.lowerShadow(0) < c.limit('shadowShort', 0)
      ? c.colour(0) * 100
      : 0,
});
