import { definePattern } from './kernel/define-pattern.js';

export const dojiStarPattern = definePattern({
  id: 'doji-star',
  title: 'Doji Star',
  talib: 'CDLDOJISTAR',
  settings: ['bodyDoji', 'bodyLong'],
  back: 1,
  find: (c) =>
    c.body(1) > c.limit('bodyLong', 1) &&
    c.body(0) <= c.limit('bodyDoji', 0) &&
    ((c.colour(1) === 1 && c.gapUp(0, 1)) || (c.colour(1) === -1 && c.gapDown(0, 1)))
      ? -100 * c.colour(1)
      : 0,
});
