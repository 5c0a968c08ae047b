import { definePattern } from './kernel/define-pattern.js';

export const breakawayPattern = definePattern({
  id: 'breakaway',
  title: 'Breakaway',
  talib: 'CDLBREAKAWAY',
  settings: ['bodyLong'],
  back: 4,
  find: (c) =>
    c.body(4) > c.limit('bodyLong', 4) &&
    c.colour(4) === c.colour(3) &&
    c.colour(3) === c.colour(1) &&
    c.colour(1) === -c.colour(0) &&
    ((c.colour(4) === -1 &&
      c.gapDown(3, 4) &&
      c.high(2) < c.high(3) &&
      c.low(2) < c.low(3) &&
      c.high(1) < c.high(2) &&
      c.low(1) < c.low(2) &&
      c.close(0) > c.open(3) &&
      c.close(0) < c.close(4)) ||
      (c.colour(4) === 1 &&
        c.gapUp(3, 4) &&
        c.high(2) > c.high(3) &&
        c.low(2) > c.low(3) &&
        c.high(1) > c.high(2) &&
        c.low(1) > c.low(2) &&
        c.close(0) < c.open(3) &&
        c.close(0) > c.close(4)))
      ? c.colour(0) * 100
      : 0,
});
