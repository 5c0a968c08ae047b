import { definePattern } from './kernel/define-pattern.js';

export const takuriPattern = definePattern({
  id: 'takuri',
  title: 'Takuri',
  talib: 'CDLTAKURI',
  settings: ['bodyDoji', 'shadowVeryShort', 'shadowVeryLong'],
  back: 0,
  find: (c) =>
    c.body(0) <= c.limit('bodyDoji', 0) &&
    c.upperShadow(0) < c.limit('shadowVeryShort', 0) &&
    c.lowerShadow(0) > c.limit('shadowVeryLong', 0)
      ? 100
      : 0,
});
