import { REDIAL, type VenueProfile } from './profile.js';

/**
 * Kraken spot: no closed flag, no candle for a minute without trades, weeks that start on Thursday (so they are
 * built from days instead), and REST that reaches back 720 candles only.
 */
export const kraken: VenueProfile = {
  title: 'Kraken',
  ccxtId: 'kraken',
  settings: () => ({
    streaming: { keepAlive: 15_000 },
    options: {
      OHLCVLimit: 5,
      ws: { backoff: REDIAL },
    },
  }),
  dense: false,
  settleMs: 2_000,
  restLagMs: 5_000,
  clock: 'offset',
  cadenceMs: 20_000,
  rowsPerPage: 720,
  timeframes: ['1m', '5m', '15m', '30m', '1h', '4h', '1d'],
  seriesPerSocket: 200,
  symbolOncePerSocket: true,
  recycleMaxMs: 120_000,
};
