import { Agent } from 'node:http';
import { assert } from '@wickworks/core';
import { binance } from './binance.js';
import type { VenueProfile } from './profile.js';

/** The local venue: the Binance class with its URLs overridden, redialling faster, on the venue's own clock. */
export const local: VenueProfile = {
  ...binance,
  title: 'Local venue (replay)',
  settings: ({ venueUrl }) => {
    assert(venueUrl, 'the local exchange knows the URL of its venue');
    const http = venueUrl.replace(/\/+$/, '');
    const ws = http.replace(/^http/, 'ws');
    return {
      sandbox: true,
      enableRateLimit: false,
      timeout: 8_000, // the venue is near, though on a busy machine it may be slow
      httpAgent: new Agent({ keepAlive: true }), // CCXT asks for an agent on ws:// addresses
      urls: {
        test: {
          public: `${http}/api/v3`,
          private: `${http}/api/v3`,
          sapi: `${http}/sapi/v1`,
          ws: { spot: `${ws}/stream/ws`, 'ws-api': { spot: `${ws}/ws-api/v3` } },
        },
      },
      streaming: { keepAlive: 15_000 },
      options: {
        defaultType: 'spot',
        fetchMarkets: { types: ['spot'] },
        watchTickers: { name: 'ticker' },
        OHLCVLimit: 5,
        ws: { backoff: { base: 250, factor: 2, max: 2_000, stableAfter: 5_000 } },
      },
    };
  },
  settleMs: 0,
  clock: 'sample',
  recycleMaxMs: 8_000,
};
