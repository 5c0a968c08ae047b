import { definePattern } from './kernel/define-pattern.js';

export const engulfingPattern = definePattern({
  id: 'engulfing',
  title: 'Engulfing',
  talib: 'CDLENGULFING',
  settings: [],
  back: 2,
  find: (c) => {
    const opposite = c.colour(0) !== c.colour(1);
    const reaches = c.top(0) >= c.top(1) && c.bottom(0) <= c.bottom(1);
    const same = c.top(0) === c.top(1) && c.bottom(0) === c.bottom(1);
    if (!opposite || !reaches || same) return 0;
    // Ends that touch make a weaker pattern.
    return c.colour(0) * (c.open(0) !== c.close(1) && c.close(0) !== c.open(1) ? 100 : 80);
  },
});
