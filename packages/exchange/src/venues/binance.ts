import { z } from 'zod';
import type { KeyPermissions } from '../ports.js';
import { REDIAL, type FlaggedCandle, type VenueProfile } from './profile.js';

/** Reads a `kline` event; `x` is its closed flag, which CCXT's unified candle drops. */
function readBinanceKline(message: unknown): FlaggedCandle | null {
  if (!isRecord(message) || !isRecord(message['k'])) return null;
  const { k } = message as { k: Record<string, unknown> };
  const { s, i, x, t } = k;
  const eventTimeMs = message['E'];
  if (typeof s !== 'string' || typeof i !== 'string' || typeof x !== 'boolean') return null;
  if (typeof t !== 'number' || typeof eventTimeMs !== 'number') return null;
  const candle = [t, Number(k['o']), Number(k['h']), Number(k['l']), Number(k['c']), Number(k['v'])] as const;
  return { marketId: s, interval: i, candle, closed: x, eventTimeMs };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const Restrictions = z.object({
  ipRestrict: z.boolean(),
  enableReading: z.boolean(),
  enableSpotAndMarginTrading: z.boolean(),
  enableWithdrawals: z.boolean(),
});

/** Answer of `GET /sapi/v1/account/apiRestrictions`. */
function readRestrictions(answer: unknown): KeyPermissions | null {
  const { success, data } = Restrictions.safeParse(answer);
  if (!success) return null;
  return {
    canRead: data.enableReading,
    canTrade: data.enableSpotAndMarginTrading,
    canWithdraw: data.enableWithdrawals,
    isIpRestricted: data.ipRestrict,
  };
}

/** Binance spot. Candle updates come every 2 s, all of an instance over one socket. */
export const binance: VenueProfile = {
  title: 'Binance',
  keyInfo: { method: 'sapiGetAccountApiRestrictions', read: readRestrictions },
  ccxtId: 'binance',
  settings: () => ({
    streaming: { keepAlive: 15_000 },
    options: {
      defaultType: 'spot',
      fetchMarkets: { types: ['spot'] },
      watchTickers: { name: 'ticker' },
      OHLCVLimit: 5,
      ws: { backoff: REDIAL },
    },
  }),
  readFlagged: readBinanceKline,
  dense: true,
  settleMs: 1_000,
  restLagMs: 5_000,
  clock: 'offset',
  cadenceMs: 2_000,
  rowsPerPage: 1_000,
  tradesPerPage: 1_000, // aggTrades
  seriesPerSocket: 1_000,
  heartbeat: { symbol: 'BTC/USDT', timeframe: '1m' },
  recycleMaxMs: 60_000,
};
