import { Agent } from 'node:http';
import ccxt from 'ccxt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startVenue, type RunningVenue } from './index.js';

const WALL_MS = Date.UTC(2026, 10, 20, 12, 0, 30);

function client(venue: RunningVenue) {
  return new ccxt.pro.binance({
    sandbox: true,
    enableRateLimit: false,
    httpAgent: new Agent(),
    urls: {
      test: {
        public: `${venue.url}/api/v3`,
        private: `${venue.url}/api/v3`,
        ws: {
          spot: `ws://127.0.0.1:${venue.port}/stream/ws`,
          'ws-api': { spot: `ws://127.0.0.1:${venue.port}/ws-api/v3` },
        },
      },
    },
    options: { defaultType: 'spot', fetchMarkets: { types: ['spot'] }, watchTickers: { name: 'ticker' } },
  });
}

describe('an unmodified ccxt client', () => {
  let venue: RunningVenue;
  let exchange: ReturnType<typeof client>;

  beforeEach(async () => {
    venue = await startVenue({ port: 0, speed: 0, startMs: WALL_MS });
    exchange = client(venue);
  });

  afterEach(async () => {
    await exchange.close();
    await venue.close();
  });

  it('loads the markets with the precision of the data', async () => {
    const markets = await exchange.loadMarkets();
    expect(Object.keys(markets).sort()).toEqual([
      'AVAX/USDT',
      'BTC/USD',
      'BTC/USDT',
      'DOT/USDT',
      'ETH/USDT',
      'LINK/USDT',
      'LTC/USDT',
      'XRP/USDT',
    ]);
    const market = exchange.market('BTC/USDT');
    expect(market.precision).toMatchObject({ price: 0.01, amount: 0.00001 });
    expect(market.active).toBe(true);
    expect(market.spot).toBe(true);
  });

  it('pages through thousands of candles without a hole', async () => {
    let since = WALL_MS - 3_500 * 60_000;
    const times: number[] = [];
    while (times.at(-1) !== Math.floor(WALL_MS / 60_000) * 60_000) {
      const page = await exchange.fetchOHLCV('BTC/USDT', '1m', since, 1_000);
      times.push(...page.map(([time]) => Number(time)));
      since = Number(times.at(-1)) + 60_000;
    }
    expect(times).toHaveLength(3_500);
    times.forEach((time, index) => expect(time).toBe(Number(times[0]) + index * 60_000));
  });

  it('watches candles that close with the values REST reports', async () => {
    await drive(exchange.watchOHLCV('BTC/USDT', '1m'), 100);
    await venue.advance(10 * 60_000);
    const kept = () => exchange.ohlcvs['BTC/USDT']?.['1m']?.length ?? 0;
    await expect.poll(kept, { timeout: 30_000 }).toBeGreaterThan(10);
    const watched = Array.from(exchange.ohlcvs['BTC/USDT']?.['1m'] ?? [], (row: number[]) => [...row]);
    const fetched = await exchange.fetchOHLCV('BTC/USDT', '1m', watched[0]?.[0], watched.length);
    expect(watched.slice(0, -1)).toEqual(fetched.slice(0, -1));
  });

  it('keeps an order book in step through jumps of time', async () => {
    const first = exchange.watchOrderBook('ETH/USDT');
    const nonce = Number((await drive(first, 100)).nonce);
    for (let step = 0; step < 20; step++) await drive(exchange.watchOrderBook('ETH/USDT'), 100);
    await drive(exchange.watchOrderBook('ETH/USDT'), 60_000);
    const fresh = await exchange.fetchOrderBook('ETH/USDT', 1_000);
    await expect.poll(() => exchange.orderbooks['ETH/USDT']?.['nonce'], { timeout: 30_000 }).toBe(fresh.nonce);
    expect(Number(fresh.nonce)).toBeGreaterThan(nonce);
    const kept = exchange.orderbooks['ETH/USDT'];
    expect([...(kept?.bids ?? [])]).toEqual(fresh.bids);
    expect([...(kept?.asks ?? [])]).toEqual(fresh.asks);
  });

  it('watches trades and tickers, and fetches what it watched', async () => {
    const trades = await drive(exchange.watchTrades('LTC/USDT'), 500);
    expect(trades[0]).toMatchObject({ symbol: 'LTC/USDT' });
    const fetched = await exchange.fetchTrades('LTC/USDT', undefined, 1_000);
    expect(fetched.map(({ id, price, amount, side }) => [id, price, amount, side])).toContainEqual([
      trades[0]?.id,
      trades[0]?.price,
      trades[0]?.amount,
      trades[0]?.side,
    ]);
    const tickers = await drive(exchange.watchTickers(['BTC/USDT', 'LTC/USDT']), 500);
    const watched = Object.values(tickers)[0];
    const rest = await exchange.fetchTickers([watched?.symbol ?? '']);
    expect(rest[watched?.symbol ?? '']).toMatchObject({ high: watched?.high, low: watched?.low });
    expect(await drive(exchange.watchBidsAsks(['DOT/USDT']), 500)).toHaveProperty('DOT/USDT');
  });

  it('has a refusal mapped to the error it knows', async () => {
    await exchange.loadMarkets();
    await expect(exchange.publicGetKlines({ symbol: 'NOPE', interval: '1m' })).rejects.toThrow(ccxt.BadSymbol);
  });

  /** Advances the venue until the watched value comes. */
  async function drive<T>(wanted: Promise<T>, stepMs: number): Promise<T> {
    let done = false;
    const marked = wanted.finally(() => {
      done = true;
    });
    await expect
      .poll(
        async () => {
          if (!done) await venue.advance(stepMs);
          return done;
        },
        { timeout: 30_000 },
      )
      .toBe(true);
    return marked;
  }
});
