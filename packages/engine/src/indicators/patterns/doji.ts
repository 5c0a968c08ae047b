import { definePattern } from './kernel/define-pattern.js';

export const dojiPattern = definePattern({
  id: 'doji',
  title: 'Doji',
  talib: 'CDLDOJI',
  settings: ['bodyDoji'],
  back: 0,
  find: (c) => (c.body(0) <= c.limit('bodyDoji', 0) ? 100 : 0),
});
