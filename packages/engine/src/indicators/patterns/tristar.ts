import { definePattern } from './kernel/define-pattern.js';

export const tristarPattern = definePattern({
  id: 'tristar',
  title: 'Tristar',
  talib: 'CDLTRISTAR',
  settings: ['bodyDoji'],
  back: 2,
  find: (c) => {
    const small = c.limit('bodyDoji', 2);
    if (!(c.body(2) <= small && c.body(1) <= small && c.body(0) <= small)) return 0;
    if (c.gapDown(1, 2) && c.bottom(0) > c.bottom(1)) return 100;
    return c.gapUp(1, 2) && c.top(0) < c.top(1) ? -100 : 0;
  },
});
