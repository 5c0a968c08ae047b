import { definePattern } from './kernel/define-pattern.js';

export const spinningTopPattern = definePattern({
  id: 'spinning-top',
  title: 'Spinning Top',
  talib: 'CDLSPINNINGTOP',
  settings: ['bodyShort'],
  back: 0,
  find: (c) =>
    c.body(0) < c.limit('bodyShort', 0) && c.upperShadow(0) > c.body(0) && c.lowerShadow(0) > c.body(0)
      ? c.colour(0) * 100
      : 0,
});
