import { definePattern } from './kernel/define-pattern.js';

export const risingFallingThreeMethodsPattern = definePattern({
  id: 'rising-falling-three-methods',
  title: 'Rising/Falling Three Methods',
  talib: 'CDLRISEFALL3METHODS',
  settings: ['bodyShort', 'bodyLong'],
  back: 4,
  find: (c) =>
    c.body(4) > c.limit('bodyLong', 4) &&
    c.body(3) < c.limit('bodyShort', 3) &&
    c.body(2) < c.limit('bodyShort', 2) &&
    c.body(1) < c.limit('bodyShort', 1) &&
    c.body(0) > c.limit('bodyLong', 0) &&
    c.colour(4) === -c.colour(3) &&
    c.colour(3) === c.colour(2) &&
    c.colour(2) === c.colour(1) &&
    c.colour(1) === -c.colour(0) &&
    c.bottom(3) < c.high(4) &&
    c.top(3) > c.low(4) &&
    c.bottom(2) < c.high(4) &&
    c.top(2) > c.low(4) &&
    c.bottom(1) < c.high(4) &&
    c.top(1) > c.low(4) &&
    c.close(2) * c.colour(4) < c.close(3) * c.colour(4) &&
    c.close(1) * c.colour(4) < c.close(2) * c.colour(4) &&
    c.open(0) * c.colour(4) > c.close(1) * c.colour(4) &&
    c.close(0) * c.colour(4) > c.close(4) * c.colour(4)
      ? 100 * c.colour(4)
      : 0,
});
