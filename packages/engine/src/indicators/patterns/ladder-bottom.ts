import { definePattern } from './kernel/define-pattern.js';

export const ladderBottomPattern = definePattern({
  id: 'ladder-bottom',
  title: 'Ladder Bottom',
  talib: 'CDLLADDERBOTTOM',
  settings: ['shadowVeryShort'],
  back: 4,
  find: (c) =>
    c.colour(4) === -1 &&
    c.colour(3) === -1 &&
    c.colour(2) === -1 &&
    c.open(4) > c.open(3) &&
    c.open(3) > c.open(2) &&
    c.close(4) > c.close(3) &&
    c.close(3) > c.close(2) &&
    c.colour(1) === -1 &&
    c.upperShadow(1) > c.limit('shadowVeryShort', 1) &&
    c.colour(0) === 1 &&
    c.open(0) > c.open(1) &&
    c.close(0) > c.high(1)
      ? 100
      : 0,
});
