import { definePattern } from './kernel/define-pattern.js';

export const matchingLowPattern = definePattern({
  id: 'matching-low',
  title: 'Matching Low',
  talib: 'CDLMATCHINGLOW',
  settings: ['equal'],
  back: 1,
  find: (c) =>
    c.colour(1) === -1 &&
    c.colour(0) === -1 &&
    c.close(0) <= c.close(1) + c.limit('equal', 1) &&
    c.close(0) >= c.close(1) - c.limit('equal', 1)
      ? 100
      : 0,
});
