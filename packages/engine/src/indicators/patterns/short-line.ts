import { definePattern } from './kernel/define-pattern.js';

export const shortLinePattern = definePattern({
  id: 'short-line',
  title: 'Short Line Candle',
  talib: 'CDLSHORTLINE',
  settings: ['bodyShort', 'shadowShort'],
  back: 0,
  find: (c) =>
    c.body(0) < c.limit('bodyShort', 0) &&
    c.upperShadow(0) < c.limit('shadowShort', 0) &&
    c.lowerShadow(0) < c.limit('shadowShort', 0)
      ? c.colour(0) * 100
      : 0,
});
