import { definePattern } from './kernel/define-pattern.js';

export const shootingStarPattern = definePattern({
  id: 'shooting-star',
  title: 'Shooting Star',
  talib: 'CDLSHOOTINGSTAR',
  settings: ['bodyShort', 'shadowLong', 'shadowVeryShort'],
  back: 1,
  find: (c) =>
    c.body(0) < c.limit('bodyShort', 0) &&
    c.upperShadow(0) > c.limit('shadowLong', 0) &&
    c.lowerShadow(0) < c.limit('shadowVeryShort', 0) &&
    c.gapUp(0, 1)
      ? -100
      : 0,
});
