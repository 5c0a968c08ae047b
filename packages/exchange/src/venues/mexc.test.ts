import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { createRequire } from 'node:module';
import { closeTimeOf, ok, openTimeAt, type CandleRow, type Timeframe } from '@wickworks/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { loadCcxtClass } from '../ccxt-class.js';
import { backfillCandles, type HistorySource } from '../history/backfill.js';
import type { ExchangeEvent } from '../ports.js';
import { Session } from '../session.js';
import { startFrameServer, type FrameServer } from '../testing/frame-server.js';
import { candleAt, candlesFrom, PlayedClock } from '../testing/growing-candles.js';
import { until } from '../testing/listen.js';
import { mexc } from './mexc.js';

const FIXTURES = new URL('../../../../fixtures/exchange/', import.meta.url);
const exchangeInfo: unknown = JSON.parse(readFileSync(new URL('mexc_spot_exchange_info.json', FIXTURES), 'utf8'));
const recordedKlines = JSON.parse(readFileSync(new URL('mexc_spot_klines.json', FIXTURES), 'utf8')) as unknown[][];

const MINUTE = 60_000;
const PUSH_MS = 250;

interface Wrapper {
  encode(message: object): { finish(): Uint8Array };
}

/** The exchange's own message format, as compiled for CCXT. */
function protobuf(): Wrapper {
  const compiled = new URL('./src/protobuf/mexc/compiled.cjs', import.meta.resolve('ccxt'));
  const loaded = createRequire(import.meta.url)(compiled.pathname) as { PushDataV3ApiWrapper: Wrapper };
  return loaded.PushDataV3ApiWrapper;
}

/** MEXC spot as far as this test goes: acknowledges subscriptions, pushes protobuf candles, serves windows of klines. */
class Mexc {
  readonly clock = new PlayedClock();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #wrapper = protobuf();
  readonly channels: string[] = [];
  /** The market has no candles before. */
  listedMs = 0;
  klinesAsked = 0;

  get timeMs(): number {
    return this.clock.nowMs;
  }

  readonly get = (path: string, query: URLSearchParams): unknown => {
    if (path.endsWith('/exchangeInfo')) return exchangeInfo;
    if (path.endsWith('/detail')) return { success: true, code: 0, data: [] };
    if (path.endsWith('/time')) return { serverTime: this.timeMs };
    if (!path.endsWith('/klines')) return undefined;
    if (query.get('symbol') === 'OGNUSDT') return recordedKlines;
    this.klinesAsked++;
    const timeframe: Timeframe = query.get('interval') === '1d' ? '1d' : '1m';
    const fromMs = Number(query.get('startTime') ?? this.timeMs - 3 * MINUTE);
    const toMs = Number(query.get('endTime') ?? Infinity);
    return candlesFrom(fromMs, { toMs, nowMs: this.timeMs, timeframe, limit: 500 })
      .filter(([openMs]) => closeTimeOf(timeframe, openMs) > this.listedMs)
      .map(([openMs, ...values]) => [openMs, ...values.map(String), closeTimeOf(timeframe, openMs), '0']);
  };

  readonly frame = (socket: WebSocket, text: string): void => {
    const { method, params = [] } = JSON.parse(text) as { method: string; params?: string[] };
    if (method === 'ping') socket.send(JSON.stringify({ id: 0, code: 0, msg: 'PONG' }));
    if (method !== 'SUBSCRIPTION') return;
    for (const channel of params) {
      this.channels.push(channel);
      socket.send(JSON.stringify({ id: 0, code: 0, msg: channel }));
      const [, , symbol, interval] = channel.split('@');
      this.#timers.push(setInterval(() => this.#push(socket, channel, symbol ?? '', interval ?? ''), PUSH_MS));
    }
  };

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  #push(socket: WebSocket, channel: string, symbol: string, interval: string): void {
    const [openMs, open, high, low, close, volume] = candleAt(openTimeAt('1m', this.timeMs), this.timeMs);
    const publicSpotKline = {
      interval,
      windowStart: openMs / 1_000,
      openingPrice: String(open),
      closingPrice: String(close),
      highestPrice: String(high),
      lowestPrice: String(low),
      volume: String(volume),
      amount: '0',
      windowEnd: openMs / 1_000 + 60,
    };
    socket.send(this.#wrapper.encode({ channel, symbol, publicSpotKline }).finish());
  }
}

describe('mexc, through the real CCXT class', () => {
  let exchange: Mexc;
  let server: FrameServer;
  let session: Session;
  let events: ExchangeEvent[];

  beforeEach(async () => {
    exchange = new Mexc();
    server = await startFrameServer(exchange);
    events = [];
    const profile = {
      ...mexc,
      seriesPerSocket: 2,
      settings: () => ({
        ...mexc.settings({ id: 'mexc' }),
        enableRateLimit: false,
        httpAgent: new Agent(),
        urls: {
          api: {
            spot: { public: server.url, private: server.url },
            contract: { public: server.url, private: server.url },
            ws: { spot: server.url.replace('http', 'ws') },
          },
        },
      }),
    };
    session = new Session({ id: 'mexc' }, profile, await loadCcxtClass('mexc'), (event) => events.push(event));
  });

  afterEach(async () => {
    exchange.stop();
    await session.close();
    await server.close();
  });

  const closed = (symbol: string) =>
    events.flatMap((event) => (event.kind === 'closed' && event.symbol === symbol ? [event.candle] : []));

  it('reads markets and klines as recorded', async () => {
    const markets = await session.answer({ about: 'markets' });
    expect(markets).toMatchObject({
      ok: true,
      value: [
        {
          symbol: 'AES/USDT',
          base: 'AES',
          quote: 'USDT',
          priceTick: '0.000001',
          quantityStep: '0.01',
          notionalMin: '5',
        },
        { symbol: 'OGN/USDT' },
      ],
    });
    expect(await session.answer({ about: 'capabilities' })).toMatchObject({
      ok: true,
      value: { candles: 'native', candlesPerRequest: 499 },
    });
    const query = { symbol: 'OGN/USDT', timeframe: '1m', limit: 10 } as const;
    expect(await session.answer({ about: 'candles', query })).toMatchObject({
      ok: true,
      value: { closed: [[1640804880000, 47482.36, 47482.36, 47416.57, 47436.1, 3.550717]], forming: null },
    });
  });

  it('streams protobuf candles, and lets REST confirm each close', async () => {
    await session.answer({ about: 'markets' });
    exchange.clock.start();
    const firstMs = openTimeAt('1m', exchange.timeMs);
    session.watch({ symbol: 'AES/USDT', timeframe: '1m', afterMs: firstMs - 2 * MINUTE, watch: 1 });
    await until('the forming candle', () => events.some((event) => event.kind === 'forming'));
    await until('the close', () => closed('AES/USDT').length > 0);
    expect(exchange.timeMs).toBeGreaterThanOrEqual(firstMs + MINUTE + mexc.settleMs);
    expect(closed('AES/USDT')).toEqual([candleAt(firstMs, firstMs + MINUTE)]);
    const healed = events.flatMap((event) => (event.kind === 'healed' ? event.candles : []));
    expect(healed).toEqual([candleAt(firstMs - MINUTE, firstMs)]);
    await until('live', () => events.findLast((event) => event.kind === 'status')?.state === 'live');
  });

  it('spreads series over sockets that carry a few each', async () => {
    await session.answer({ about: 'markets' });
    exchange.clock.start();
    const timeframes: Timeframe[] = ['1m', '5m', '15m', '30m', '1h'];
    for (const timeframe of timeframes) {
      session.watch({ symbol: 'AES/USDT', timeframe, afterMs: exchange.timeMs, watch: 1 });
    }
    await until('five subscriptions', () => exchange.channels.length === 5);
    expect(server.sockets()).toBe(3);
    expect(exchange.channels).toContain('spot@public.kline.v3.api.pb@AESUSDT@Min60');
  });

  it('finds the first candle of a market listed years after the range begins, by few questions', async () => {
    const dayMs = 1_440 * MINUTE;
    const presentMs = openTimeAt('1m', exchange.timeMs);
    exchange.listedMs = openTimeAt('1d', presentMs) - 900 * dayMs + 1_000 * MINUTE;
    const connection: HistorySource = {
      capabilities: async () => {
        const answer = await session.answer({ about: 'capabilities' });
        return answer as Awaited<ReturnType<HistorySource['capabilities']>>;
      },
      fetchCandles: async (query) => {
        const answer = await session.answer({ about: 'candles', query });
        return answer as Awaited<ReturnType<HistorySource['fetchCandles']>>;
      },
    };
    const told: CandleRow[] = [];
    const result = await backfillCandles({
      connection,
      symbol: 'AES/USDT',
      timeframe: '1m',
      fromMs: presentMs - 6 * 365 * dayMs,
      toMs: exchange.listedMs + 1_200 * MINUTE,
      onPage: ({ candles }) => void told.push(...candles),
    });
    expect(result).toEqual(ok({ candles: 1_200 }));
    expect(told[0]?.[0]).toBe(exchange.listedMs);
    // Minute by minute, the years before were 2,700 pages.
    expect(exchange.klinesAsked).toBeLessThan(20);
  });
});
