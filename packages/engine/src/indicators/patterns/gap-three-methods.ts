import { definePattern } from './kernel/define-pattern.js';

export const gapThreeMethodsPattern = definePattern({
  id: 'gap-three-methods',
  title: 'Upside/Downside Gap Three Methods',
  talib: 'CDLXSIDEGAP3METHODS',
  settings: [],
  back: 2,
  find: (c) =>
    c.colour(2) === c.colour(1) &&
    c.colour(1) === -c.colour(0) &&
    c.open(0) < c.top(1) &&
    c.open(0) > c.bottom(1) &&
    c.close(0) < c.top(2) &&
    c.close(0) > c.bottom(2) &&
    ((c.colour(2) === 1 && c.gapUp(1, 2)) || (c.colour(2) === -1 && c.gapDown(1, 2)))
      ? c.colour(2) * 100
      : 0,
});
