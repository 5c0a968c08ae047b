import { definePattern } from './kernel/define-pattern.js';

export const dragonflyDojiPattern = definePattern({
  id: 'dragonfly-doji',
  title: 'Dragonfly Doji',
  talib: 'CDLDRAGONFLYDOJI',
  settings: ['bodyDoji', 'shadowVeryShort'],
  back: 0,
  find: (c) =>
    c.body(0) <= c.limit('bodyDoji', 0) &&
    c.upperShadow(0) < c.limit('shadowVeryShort', 0) &&
    c.lowerShadow(0) > c.limit('shadowVeryShort', 0)
      ? 100
      : 0,
});
