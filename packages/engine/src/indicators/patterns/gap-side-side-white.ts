import { definePattern } from './kernel/define-pattern.js';

export const gapSideSideWhitePattern = definePattern({
  id: 'gap-side-side-white',
  title: 'Up/Down-Gap Side-by-Side White Lines',
  talib: 'CDLGAPSIDESIDEWHITE',
  settings: ['near', 'equal'],
  back: 2,
  find: (c) =>
    ((c.gapUp(1, 2) && c.gapUp(0, 2)) || (c.gapDown(1, 2) && c.gapDown(0, 2))) &&
    c.colour(1) === 1 &&
    c.colour(0) === 1 &&
    c.body(0) >= c.body(1) - c.limit('near', 1) &&
    c.body(0) <= c.body(1) + c.limit('near', 1) &&
    c.open(0) >= c.open(1) - c.limit('equal', 1) &&
    c.open(0) <= c.open(1) + c.limit('equal', 1)
      ? c.gapUp(1, 2)
        ? 100
        : -100
      : 0,
});
