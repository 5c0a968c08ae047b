import { definePattern } from './kernel/define-pattern.js';

export const darkCloudCoverPattern = definePattern({
  id: 'dark-cloud-cover',
  title: 'Dark Cloud Cover',
  talib: 'CDLDARKCLOUDCOVER',
  settings: ['bodyLong'],
  back: 1,
  penetration: 0.5,
  find: (c, penetration) =>
    c.colour(1) === 1 &&
    c.body(1) > c.limit('bodyLong', 1) &&
    c.colour(0) === -1 &&
    c.open(0) > c.high(1) &&
    c.close(0) > c.open(1) &&
    c.close(0) < c.close(1) - c.body(1) * penetration
      ? -100
      : 0,
});
