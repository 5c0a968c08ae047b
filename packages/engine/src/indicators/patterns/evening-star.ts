import { definePattern } from './kernel/define-pattern.js';

export const eveningStarPattern = definePattern({
  id: 'evening-star',
  title: 'Evening Star',
  talib: 'CDLEVENINGSTAR',
  settings: ['bodyShort', 'bodyLong'],
  back: 2,
  penetration: 0.3,
  find: (c, penetration) =>
    c.body(2) > c.limit('bodyLong', 2) &&
    c.colour(2) === 1 &&
    c.body(1) <= c.limit('bodyShort', 1) &&
    c.gapUp(1, 2) &&
    c.body(0) > c.limit('bodyShort', 0) &&
    c.colour(0) === -1 &&
    c.close(0) < c.close(2) - c.body(2) * penetration
      ? -100
      : 0,
});
