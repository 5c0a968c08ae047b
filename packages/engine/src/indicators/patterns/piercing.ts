import { definePattern } from './kernel/define-pattern.js';

export const piercingPattern = definePattern({
  id: 'piercing',
  title: 'Piercing',
  talib: 'CDLPIERCING',
  settings: ['bodyLong'],
  back: 1,
  find: (c) =>
    c.colour(1) === -1 &&
    c.body(1) > c.limit('bodyLong', 1) &&
    c.colour(0) === 1 &&
    c.body(0) > c.limit('bodyLong', 0) &&
    c.open(0) < c.low(1) &&
    c.close(0) < c.open(1) &&
    c.close(0) > c.close(1) + c.body(1) * 0.5
      ? 100
      : 0,
});
