import { definePattern } from './kernel/define-pattern.js';

export const homingPigeonPattern = definePattern({
  id: 'homing-pigeon',
  title: 'Homing Pigeon',
  talib: 'CDLHOMINGPIGEON',
  settings: ['bodyShort', 'bodyLong'],
  back: 1,
  find: (c) =>
    c.colour(1) === -1 &&
    c.colour(0) === -1 &&
    c.body(1) > c.limit('bodyLong', 1) &&
    c.body(0) <= c.limit('bodyShort', 0) &&
    c.open(0) < c.open(1) &&
    c.close(0) > c.close(1)
      ? 100
      : 0,
});
