import { startVenue, type RunningVenue } from '@wickworks/venue';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectExchange } from './connect.js';
import type { ExchangeConnection } from './ports.js';
import { Listener, until } from './testing/listen.js';

const MINUTE = 60_000;

describe('the local exchange, through the real CCXT class in its worker', () => {
  let venue: RunningVenue;
  let connection: ExchangeConnection;

  beforeAll(async () => {
    venue = await startVenue({ port: 0, speed: 60 });
  });
  afterAll(() => venue.close());
  afterEach(() => connection.close());

  const connect = (id = 'local') => (connection = connectExchange({ id, venueUrl: venue.url }));

  it('says what it can do and which markets it has', async () => {
    connect();
    const capabilities = await connection.capabilities();
    expect(capabilities).toMatchObject({ ok: true, value: { candles: 'native', candlesPerRequest: 999 } });
    const markets = await connection.markets();
    expect(markets.ok && markets.value.find((market) => market.symbol === 'BTC/USDT')).toMatchObject({
      base: 'BTC',
      quote: 'USDT',
      active: true,
      priceTick: '0.01',
    });
  });

  it('pages candles: closed ones apart from the forming one, bounds as asked', async () => {
    connect();
    const newest = await connection.fetchCandles({ symbol: 'BTC/USDT', timeframe: '1m', limit: 50 });
    if (!newest.ok) throw new Error(newest.error.message);
    const { closed, forming, exchangeTimeMs } = newest.value;
    expect(closed).toHaveLength(50);
    expect(forming?.[0]).toBe(closed.at(-1)![0] + MINUTE);
    expect(exchangeTimeMs).toBeGreaterThanOrEqual(closed.at(-1)![0] + MINUTE);
    const sinceMs = closed[10]![0];
    const untilMs = closed[20]![0];
    const between = await connection.fetchCandles({
      symbol: 'BTC/USDT',
      timeframe: '1m',
      sinceMs,
      untilMs,
      limit: 500,
    });
    expect(between).toMatchObject({ ok: true, value: { closed: closed.slice(10, 20), forming: null } });
    const before = await connection.fetchCandles({ symbol: 'BTC/USDT', timeframe: '1m', untilMs, limit: 5 });
    expect(before).toMatchObject({ ok: true, value: { closed: closed.slice(15, 20), forming: null } });
    const first = await connection.fetchCandles({ symbol: 'BTC/USDT', timeframe: '1m', sinceMs, limit: 3 });
    expect(first).toMatchObject({ ok: true, value: { closed: closed.slice(10, 13), forming: null } });
  });

  it('refuses what it does not know, as values', async () => {
    connect();
    expect(await connection.fetchCandles({ symbol: 'NO/PE', timeframe: '1m', limit: 5 })).toMatchObject({
      ok: false,
      error: { kind: 'unknown-symbol', retryable: false },
    });
    const heard = new Listener(connection);
    connection.watchCandles({ symbol: 'NO/PE', timeframe: '1m', afterMs: 0 });
    await until('the refusal', () => heard.events.some((event) => event.kind === 'series-failed'));
  });

  it('streams what closed before and after the watch began, and tickers', async () => {
    connect();
    const heard = new Listener(connection);
    const newest = await connection.fetchCandles({ symbol: 'ETH/USDT', timeframe: '1m', limit: 30 });
    if (!newest.ok) throw new Error(newest.error.message);
    const afterMs = newest.value.closed[5]![0];
    connection.watchCandles({ symbol: 'ETH/USDT', timeframe: '1m', afterMs });
    connection.watchTickers(['BTC/USDT', 'ETH/USDT']);
    const candles = () => heard.closed('ETH/USDT', '1m');
    await until('candles from the stream', () => heard.events.filter((event) => event.kind === 'closed').length >= 3);
    await until('tickers', () => heard.events.some((event) => event.kind === 'tickers'));
    expect(heard.broken).toEqual([]);
    expect(candles()[0]?.[0]).toBe(afterMs + MINUTE);
    expect(candles().slice(0, 24)).toEqual(newest.value.closed.slice(6));
    expect(heard.state).toBe('live');
    const rest = await connection.fetchCandles({
      symbol: 'ETH/USDT',
      timeframe: '1m',
      sinceMs: afterMs + 1,
      untilMs: candles().at(-1)![0] + 1,
      limit: 999,
    });
    expect(rest).toMatchObject({ ok: true, value: { closed: candles() } });
  });

  it('ends: questions fail as closed, nothing more is told', async () => {
    connect();
    const heard = new Listener(connection);
    const asked = connection.markets();
    await connection.close();
    expect(await asked).toMatchObject({ ok: false, error: { kind: 'closed' } });
    expect(await connection.markets()).toMatchObject({ ok: false, error: { kind: 'closed' } });
    heard.stop();
  });
});
