import { definePattern } from './kernel/define-pattern.js';

export const invertedHammerPattern = definePattern({
  id: 'inverted-hammer',
  title: 'Inverted Hammer',
  talib: 'CDLINVERTEDHAMMER',
  settings: ['bodyShort', 'shadowLong', 'shadowVeryShort'],
  back: 1,
  find: (c) =>
    c.body(0) < c.limit('bodyShort', 0) &&
    c.upperShadow(0) > c.limit('shadowLong', 0) &&
    c.lowerShadow(0) < c.limit('shadowVeryShort', 0) &&
    c.gapDown(0, 1)
      ? 100
      : 0,
});
