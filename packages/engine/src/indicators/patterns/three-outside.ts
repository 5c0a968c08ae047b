import { definePattern } from './kernel/define-pattern.js';

export const threeOutsidePattern = definePattern({
  id: 'three-outside',
  title: 'Three Outside Up/Down',
  talib: 'CDL3OUTSIDE',
  settings: [],
  back: 3,
  find: (c) =>
    (c.colour(1) === 1 &&
      c.colour(2) === -1 &&
      c.close(1) > c.open(2) &&
      c.open(1) < c.close(2) &&
      c.close(0) > c.close(1)) ||
    (c.colour(1) === -1 &&
      c.colour(2) === 1 &&
      c.open(1) > c.close(2) &&
      c.close(1) < c.open(2) &&
      c.close(0) < c.close(1))
      ? c.colour(1) * 100
      : 0,
});
