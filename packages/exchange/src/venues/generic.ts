import { REDIAL, type VenueProfile } from './profile.js';

/** Any other CCXT id, with nothing assumed: REST confirms every close, and only plain timeframes are believed. */
export const generic = (ccxtId: string): VenueProfile => ({
  title: ccxtId,
  ccxtId,
  settings: () => ({
    streaming: { keepAlive: 15_000 },
    options: {
      OHLCVLimit: 5,
      ws: { backoff: REDIAL },
    },
  }),
  dense: false,
  settleMs: 3_000,
  restLagMs: 10_000,
  clock: 'offset',
  cadenceMs: 20_000,
  rowsPerPage: 100,
  timeframes: ['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '6h', '8h', '12h', '1d'],
  seriesPerSocket: 30,
  symbolOncePerSocket: true,
  recycleMaxMs: 120_000,
});
