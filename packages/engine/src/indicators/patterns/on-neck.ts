import { definePattern } from './kernel/define-pattern.js';

export const onNeckPattern = definePattern({
  id: 'on-neck',
  title: 'On-Neck',
  talib: 'CDLONNECK',
  settings: ['equal', 'bodyLong'],
  back: 1,
  find: (c) =>
    c.colour(1) === -1 &&
    c.body(1) > c.limit('bodyLong', 1) &&
    c.colour(0) === 1 &&
    c.open(0) < c.low(1) &&
    c.close(0) <= c.low(1) + c.limit('equal', 1) &&
    c.close(0) >= c.low(1) - c.limit('equal', 1)
      ? -100
      : 0,
});
