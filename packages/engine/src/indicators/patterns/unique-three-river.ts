import { definePattern } from './kernel/define-pattern.js';

export const uniqueThreeRiverPattern = definePattern({
  id: 'unique-three-river',
  title: 'Unique Three River',
  talib: 'CDLUNIQUE3RIVER',
  settings: ['bodyShort', 'bodyLong'],
  back: 2,
  find: (c) =>
    c.body(2) > c.limit('bodyLong', 2) &&
    c.colour(2) === -1 &&
    c.colour(1) === -1 &&
    c.close(1) > c.close(2) &&
    c.open(1) <= c.open(2) &&
    c.low(1) < c.low(2) &&
    c.body(0) < c.limit('bodyShort', 0) &&
    c.colour(0) === 1 &&
    c.open(0) > c.low(1)
      ? 100
      : 0,
});
