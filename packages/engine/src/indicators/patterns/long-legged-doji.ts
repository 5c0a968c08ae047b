import { definePattern } from './kernel/define-pattern.js';

export const longLeggedDojiPattern = definePattern({
  id: 'long-legged-doji',
  title: 'Long-Legged Doji',
  talib: 'CDLLONGLEGGEDDOJI',
  settings: ['bodyDoji', 'shadowLong'],
  back: 0,
  find: (c) =>
    c.body(0) <= c.limit('bodyDoji', 0) &&
    (c.lowerShadow(0) > c.limit('shadowLong', 0) || c.upperShadow(0) > c.limit('shadowLong', 0))
      ? 100
      : 0,
});
