import type { CandleRow } from '@wickworks/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCcxtClass, openExchange, type CcxtExchange } from './ccxt-class.js';
import { RestSource } from './rest-source.js';
import { EXCHANGE_INFO } from './testing/exchange-info.js';
import { startFrameServer, type FrameServer } from './testing/frame-server.js';
import { local } from './venues/local.js';

const MINUTE = 60_000;
const SERIES = { symbol: 'BTC/USDT', timeframe: '1m' } as const;
const row = (index: number): CandleRow => [index * MINUTE, 1, 2, 1, 2, index];

/** A Binance that lacks the candles 30..69, forms number 100, and whose clock may be wrong. */
class Holed {
  timeMs = 100 * MINUTE + 20_000;
  loads = 0;
  fails = false;
  readonly frame = (): void => undefined;
  readonly get = (path: string, query: URLSearchParams): unknown => {
    if (path.endsWith('/time')) return { serverTime: this.timeMs };
    if (path.endsWith('/exchangeInfo')) {
      this.loads++;
      return this.fails ? undefined : EXCHANGE_INFO;
    }
    const from = Number(query.get('startTime') ?? 0) / MINUTE;
    const to = Math.min(100, Number(query.get('endTime') ?? Infinity) / MINUTE);
    const limit = Number(query.get('limit'));
    const all = Array.from({ length: 101 }, (_, index) => index).filter((index) => index < 30 || index >= 70);
    const open = all.filter((index) => index >= from && index <= to);
    const kept = query.has('startTime') ? open.slice(0, limit) : open.slice(-limit);
    return kept.map((index) => [
      ...row(index).map((value, at) => (at === 0 ? value : String(value))),
      0,
      '0',
      0,
      '0',
      '0',
      '0',
    ]);
  };
}

describe('REST candles of an exchange that has one for every open time', () => {
  let server: FrameServer;
  let venue: Holed;
  let exchange: CcxtExchange;
  let rest: RestSource;

  beforeEach(async () => {
    venue = new Holed();
    server = await startFrameServer(venue);
    exchange = openExchange(await loadCcxtClass('binance'), local.settings({ id: 'local', venueUrl: server.url }), {});
    rest = new RestSource(exchange, local);
  });
  afterEach(async () => {
    await exchange.close();
    await server.close();
  });

  it('knows the last candle before a hole to be closed', async () => {
    const page = await rest.fetchCandles({ ...SERIES, untilMs: 50 * MINUTE, limit: 5 });
    expect(page).toMatchObject({ ok: true, value: { closed: [25, 26, 27, 28, 29].map(row), forming: null } });
  });

  it('gives the newest ones and the forming one apart', async () => {
    const page = await rest.fetchCandles({ ...SERIES, limit: 3 });
    expect(page).toMatchObject({ ok: true, value: { closed: [97, 98, 99].map(row), forming: row(100) } });
  });

  it('does not close a candle because a clock says so', async () => {
    venue.timeMs += 3_600_000;
    const page = await rest.fetchCandles({ ...SERIES, limit: 3 });
    expect(page).toMatchObject({ ok: true, value: { closed: [97, 98, 99].map(row), forming: row(100) } });
  });

  it('loads markets again after a failed attempt', async () => {
    venue.fails = true;
    expect(await rest.load()).toMatchObject({ ok: false });
    venue.fails = false;
    expect(await rest.load()).toEqual({ ok: true, value: null });
    expect(rest.refusal('BTC/USDT', '1m')).toBeNull();
    expect(venue.loads).toBe(2);
  });
});
