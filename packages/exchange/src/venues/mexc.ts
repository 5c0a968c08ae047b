import { REDIAL, type VenueProfile } from './profile.js';

/**
 * MEXC spot: candles come as protobuf without a closed flag, one socket carries at most 30 subscriptions, REST
 * answers only the window it is asked for, 500 rows at a time.
 */
export const mexc: VenueProfile = {
  title: 'MEXC',
  ccxtId: 'mexc',
  settings: () => ({
    streaming: { keepAlive: 8_000 }, // the exchange wants a ping at least this often
    options: {
      defaultType: 'spot',
      OHLCVLimit: 5,
      ws: { backoff: REDIAL },
    },
  }),
  dense: false,
  settleMs: 2_000,
  restLagMs: 5_000,
  clock: 'offset',
  cadenceMs: 5_000,
  rowsPerPage: 500,
  timeframes: ['1m', '5m', '15m', '30m', '1h', '4h', '8h', '1d'],
  seriesPerSocket: 30,
  recycleMaxMs: 60_000,
};
