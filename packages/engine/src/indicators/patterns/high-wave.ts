import { definePattern } from './kernel/define-pattern.js';

export const highWavePattern = definePattern({
  id: 'high-wave',
  title: 'High-Wave Candle',
  talib: 'CDLHIGHWAVE',
  settings: ['bodyShort', 'shadowVeryLong'],
  back: 0,
  find: (c) =>
    c.body(0) < c.limit('bodyShort', 0) &&
    c.upperShadow(0) > c.limit('shadowVeryLong', 0) &&
    c.lowerShadow(0) > c.limit('shadowVeryLong', 0)
      ? c.colour(0) * 100
      : 0,
});
