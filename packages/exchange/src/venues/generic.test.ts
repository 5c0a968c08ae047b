import { openTimeAt, timeframeMs, type Timeframe } from '@wickworks/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { candleAt, candlesFrom, PlayedClock } from '../testing/growing-candles.js';
import { until } from '../testing/listen.js';
import { payload, play, type Played } from '../testing/play.js';
import { generic } from './generic.js';

const MINUTE = 60_000;

describe('an exchange that pushes trades but no candles (coinbaseexchange)', () => {
  /** Coinbase Exchange as far as this test goes: windows of at most 300 candles, newest first; `matches` over WebSocket. */
  class Coinbase {
    readonly clock = new PlayedClock(5_000);
    readonly #sockets = new Set<WebSocket>();
    #trades = 0;
    recordedAtMs: number | null = null;
    /** Minutes in which nobody trades: they have no candle. */
    readonly quiet = new Set<number>();

    get timeMs(): number {
      return this.recordedAtMs ?? this.clock.nowMs;
    }

    readonly get = (path: string, query: URLSearchParams): unknown => {
      if (path.endsWith('/products')) return payload('coinbaseexchange_products.json');
      if (path.endsWith('/currencies')) return [];
      if (path.endsWith('/time')) return { iso: new Date(this.timeMs).toISOString(), epoch: this.timeMs / 1_000 };
      if (!path.endsWith('/candles')) return undefined;
      if (this.recordedAtMs !== null) return payload('coinbaseexchange_candles.json');
      const timeframe: Timeframe = query.get('granularity') === '300' ? '5m' : '1m';
      const fromMs = Date.parse(query.get('start') ?? '') || this.timeMs - 300 * timeframeMs(timeframe);
      const toMs = Date.parse(query.get('end') ?? '') || Infinity;
      return candlesFrom(fromMs, { toMs, nowMs: this.timeMs, timeframe, limit: 300 })
        .filter((row) => !this.quiet.has(row[0]))
        .map(([openMs, open, high, low, close, volume]) => [openMs / 1_000, low, high, open, close, volume])
        .reverse();
    };

    readonly frame = (socket: WebSocket, text: string): void => {
      const { type, product_ids: products = [] } = JSON.parse(text) as { type: string; product_ids?: string[] };
      if (type !== 'subscribe') return;
      socket.send(JSON.stringify({ type: 'subscriptions', channels: [{ name: 'matches', product_ids: products }] }));
      this.#sockets.add(socket);
    };

    /** Somebody trades at `timeMs`, shaped as the recorded message. */
    trade(timeMs: number, price: number, size: number, id = ++this.#trades): void {
      const match = payload('coinbaseexchange_match.json') as object;
      const message = {
        ...match,
        trade_id: id,
        price: `${price}`,
        size: `${size}`,
        time: new Date(timeMs).toISOString(),
      };
      for (const socket of this.#sockets) socket.send(JSON.stringify(message));
    }

    get subscribers(): number {
      return this.#sockets.size;
    }
  }

  const profile = generic('coinbaseexchange');
  let exchange: Coinbase;
  let played: Played;

  beforeEach(async () => {
    exchange = new Coinbase();
    played = await play(profile, exchange, (http, ws) => ({ public: http, private: http, ws }));
  });
  afterEach(() => played.close());

  it('says that candles are built from trades, and reads candles as recorded', async () => {
    exchange.recordedAtMs = 1_710_327_600_000 + 3_600_000 + profile.settleMs;
    expect(await played.session.answer({ about: 'capabilities' })).toMatchObject({
      ok: true,
      value: { candles: 'trades' },
    });
    expect(await played.page('BTC/USDT', '1h', 1)).toMatchObject({
      closed: [[1_710_327_600_000, 73243.33, 73402.47, 73241.5, 73370.65, 1.56794406]],
      forming: null,
    });
  });

  it('builds forming candles from trades, tells closes as REST has them, and names a minute without trades', async () => {
    await played.session.answer({ about: 'markets' });
    exchange.clock.start();
    const firstMs = openTimeAt('1m', exchange.timeMs);
    exchange.quiet.add(firstMs - MINUTE);
    played.session.watch({ symbol: 'BTC/USD', timeframe: '1m', afterMs: firstMs - 3 * MINUTE, watch: 1 });
    await until('the subscription', () => exchange.subscribers > 0);
    const nextMs = firstMs + MINUTE;
    // A candle whose beginning was not seen is not built: this one only shows where the next begins.
    exchange.trade(exchange.timeMs, 1, 1);
    await until('the next minute', () => exchange.timeMs >= nextMs);
    // What REST shows of this minute at its beginning, and from its seventh second on.
    const [, first] = candleAt(nextMs, nextMs);
    const grown = candleAt(nextMs, nextMs + 6_000);
    exchange.trade(exchange.timeMs, first, 5);
    await until('the first grown state', () => exchange.timeMs >= nextMs + 6_000);
    exchange.trade(exchange.timeMs, grown[4], 0.1);
    exchange.trade(exchange.timeMs, grown[4], 0.1, 3); // seen twice counts once
    const fromTrades = () => played.forming('BTC/USD', '1m').filter((row) => row[0] === nextMs);
    await until('the built candle', () => fromTrades().some((row) => row[5] > 5));
    expect(fromTrades().at(-1)).toEqual(grown);
    await until('the close', () => played.closed('BTC/USD', '1m').length > 0);
    expect(played.closed('BTC/USD', '1m')).toEqual([candleAt(firstMs, nextMs)]);
    expect(exchange.timeMs).toBeGreaterThanOrEqual(nextMs + profile.settleMs);
    const healed = played.events.filter((event) => event.kind === 'healed');
    expect(healed.flatMap((event) => event.candles)).toEqual([candleAt(firstMs - 2 * MINUTE, firstMs - MINUTE)]);
    expect(healed.flatMap((event) => event.gaps)).toEqual([[firstMs - MINUTE, firstMs]]);
  });
});

describe('an exchange that pushes nothing (bigone)', () => {
  /** BigONE as far as this test goes: candles before a moment, newest first, texts all of them. */
  class BigOne {
    readonly clock = new PlayedClock();
    recordedAtMs: number | null = null;

    get timeMs(): number {
      return this.recordedAtMs ?? this.clock.nowMs;
    }

    readonly get = (path: string, query: URLSearchParams): unknown => {
      if (path.endsWith('/asset_pairs')) return payload('bigone_asset_pairs.json');
      if (path.endsWith('/symbols')) return [];
      if (path.endsWith('/ping')) {
        const ping = payload('bigone_ping.json') as object;
        return this.recordedAtMs === null ? { ...ping, data: { Timestamp: `${Math.round(this.timeMs)}000000` } } : ping;
      }
      if (!path.endsWith('/candles')) return path.endsWith('/assets') ? { code: '0', data: [] } : undefined;
      if (this.recordedAtMs !== null) return payload('bigone_candles.json');
      const limit = Number(query.get('limit') ?? 100);
      const beforeMs = Date.parse(query.get('time') ?? '') || Infinity;
      const endMs = Math.min(beforeMs - 1, this.timeMs);
      const fromMs = openTimeAt('1m', endMs) - (limit - 1) * MINUTE;
      const data = candlesFrom(fromMs, { toMs: endMs, nowMs: this.timeMs, timeframe: '1m', limit })
        .map(([openMs, open, high, low, close, volume]) => {
          const time = new Date(openMs).toISOString().replace('.000', '');
          return { open: `${open}`, high: `${high}`, low: `${low}`, close: `${close}`, volume: `${volume}`, time };
        })
        .reverse();
      return { code: '0', data };
    };

    readonly frame = (): void => undefined;
  }

  const profile = generic('bigone');
  let exchange: BigOne;
  let played: Played;

  beforeEach(async () => {
    exchange = new BigOne();
    played = await play(profile, exchange, (http) => ({
      public: http,
      private: http,
      contractPublic: http,
      contractPrivate: http,
      webExchange: http,
    }));
  });
  afterEach(() => played.close());

  it('says that candles are asked for, and reads candles as recorded', async () => {
    exchange.recordedAtMs = 1_714_400_719_083;
    expect(await played.session.answer({ about: 'capabilities' })).toMatchObject({
      ok: true,
      value: { candles: 'poll' },
    });
    expect(await played.session.answer({ about: 'markets' })).toMatchObject({
      ok: true,
      value: [{ symbol: 'BTC/USDT', priceTick: '0.01', quantityStep: '0.000001', notionalMin: '0.1' }],
    });
    expect(await played.page('BTC/USDT', '1h', 1)).toMatchObject({
      closed: [[1_710_327_600_000, 73246.67, 73442.95, 73238.69, 73422.06, 40.023109]],
      forming: null,
    });
  });

  it('asks for the forming candle and tells each close once, in order, when REST has settled', async () => {
    await played.session.answer({ about: 'markets' });
    exchange.clock.start();
    const firstMs = openTimeAt('1m', exchange.timeMs);
    played.session.watch({ symbol: 'BTC/USDT', timeframe: '1m', afterMs: firstMs - 3 * MINUTE, watch: 1 });
    await until('the forming candle', () => played.forming('BTC/USDT', '1m').some((row) => row[0] === firstMs));
    await until('the close', () => played.closed('BTC/USDT', '1m').length > 0);
    expect(exchange.timeMs).toBeGreaterThanOrEqual(firstMs + MINUTE + profile.settleMs);
    const healed = played.events.flatMap((event) => (event.kind === 'healed' ? event.candles : []));
    expect([...healed, ...played.closed('BTC/USDT', '1m')]).toEqual(
      [firstMs - 2 * MINUTE, firstMs - MINUTE, firstMs].map((openMs) => candleAt(openMs, openMs + MINUTE)),
    );
    expect(played.events.findLast((event) => event.kind === 'status')?.state).toBe('live');
    expect(played.sockets()).toBe(0);
  });
});
