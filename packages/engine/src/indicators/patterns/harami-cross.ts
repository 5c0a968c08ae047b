import { definePattern } from './kernel/define-pattern.js';

export const haramiCrossPattern = definePattern({
  id: 'harami-cross',
  title: 'Harami Cross',
  talib: 'CDLHARAMICROSS',
  settings: ['bodyDoji', 'bodyLong'],
  back: 1,
  find: (c) => {
    if (!(c.body(1) > c.limit('bodyLong', 1) && c.body(0) <= c.limit('bodyDoji', 0))) return 0;
    if (c.top(0) < c.top(1) && c.bottom(0) > c.bottom(1)) return -100 * c.colour(1);
    // Ends that touch make a weaker pattern.
    return c.top(0) <= c.top(1) && c.bottom(0) >= c.bottom(1) ? -c.colour(1) * 80 : 0;
  },
});
