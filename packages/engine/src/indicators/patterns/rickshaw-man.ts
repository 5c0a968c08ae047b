import { definePattern } from './kernel/define-pattern.js';

export const rickshawManPattern = definePattern({
  id: 'rickshaw-man',
  title: 'Rickshaw Man',
  talib: 'CDLRICKSHAWMAN',
  settings: ['bodyDoji', 'shadowLong', 'near'],
  back: 0,
  find: (c) =>
    c.body(0) <= c.limit('bodyDoji', 0) &&
    c.lowerShadow(0) > c.limit('shadowLong', 0) &&
    c.upperShadow(0) > c.limit('shadowLong', 0) &&
    c.bottom(0) <= c.low(0) + c.range(0) / 2 + c.limit('near', 0) &&
    c.top(0) >= c.low(0) + c.range(0) / 2 - c.limit('near', 0)
      ? 100
      : 0,
});
