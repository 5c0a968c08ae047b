import { definePattern } from './kernel/define-pattern.js';

export const stickSandwichPattern = definePattern({
  id: 'stick-sandwich',
  title: 'Stick Sandwich',
  talib: 'CDLSTICKSANDWICH',
  settings: ['equal'],
  back: 2,
  find: (c) =>
    c.colour(2) === -1 &&
    c.colour(1) === 1 &&
    c.colour(0) === -1 &&
    c.low(1) > c.close(2) &&
    c.close(0) <= c.close(2) + c.limit('equal', 2) &&
    c.close(0) >= c.close(2) - c.limit('equal', 2)
      ? 100
      : 0,
});
