import { definePattern } from './kernel/define-pattern.js';

export const counterattackPattern = definePattern({
  id: 'counterattack',
  title: 'Counterattack',
  talib: 'CDLCOUNTERATTACK',
  settings: ['equal', 'bodyLong'],
  back: 1,
  find: (c) =>
    c.colour(1) === -c.colour(0) &&
    c.body(1) > c.limit('bodyLong', 1) &&
    c.body(0) > c.limit('bodyLong', 0) &&
    c.close(0) <= c.close(1) + c.limit('equal', 1) &&
    c.close(0) >= c.close(1) - c.limit('equal', 1)
      ? c.colour(0) * 100
      : 0,
});
