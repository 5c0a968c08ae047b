import { createServer, type Server } from 'node:http';
import { connect as connectTcp, type AddressInfo, type Socket } from 'node:net';
import { startVenue, type RunningVenue } from '@wickworks/venue';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectExchange } from './connect.js';
import type { ExchangeConnection } from './ports.js';
import { Listener, until } from './testing/listen.js';

const Info = z.looseObject({
  symbols: z.array(z.looseObject({ symbol: z.string(), filters: z.array(z.looseObject({ filterType: z.string() })) })),
});
type Info = z.infer<typeof Info>;

/** The venue as it is, but for its list of markets: `change` makes of it what is told, or fails. */
class ListingsProxy {
  change: (info: Info) => Info | null = (info) => info;
  readonly #tcp = new Set<Socket>();
  readonly #server: Server;

  constructor(venue: RunningVenue) {
    const target = new URL(venue.url);
    this.#server = createServer((request, response) => {
      void fetch(new URL(request.url ?? '/', target)).then(async (answer) => {
        const text = await answer.text();
        const isList = request.url?.includes('exchangeInfo') === true;
        const changed = isList ? this.change(Info.parse(JSON.parse(text))) : undefined;
        response.writeHead(changed === null ? 503 : answer.status, { 'content-type': 'application/json' });
        response.end(changed === undefined ? text : JSON.stringify(changed ?? {}));
      });
    });
    this.#server.on('upgrade', (request, socket: Socket, head) => {
      const upstream = connectTcp(Number(target.port), target.hostname, () => {
        const { rawHeaders } = request;
        const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1] ?? ''}`] : []));
        upstream.write(`GET ${request.url ?? '/'} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
        upstream.write(head);
        upstream.pipe(socket).pipe(upstream);
      });
      for (const end of [socket, upstream]) {
        this.#tcp.add(end);
        end.on('error', () => undefined);
      }
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#tcp) socket.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const without =
  (id: string) =>
  (info: Info): Info => ({ ...info, symbols: info.symbols.filter(({ symbol }) => symbol !== id) });

const withTick =
  (id: string, tickSize: string) =>
  (info: Info): Info => ({
    ...info,
    symbols: info.symbols.map((market) =>
      market.symbol === id
        ? {
            ...market,
            filters: market.filters.map((f) => (f.filterType === 'PRICE_FILTER' ? { ...f, tickSize } : f)),
          }
        : market,
    ),
  });

describe('markets loaded anew, through the real CCXT class in its worker', () => {
  let venue: RunningVenue;
  let proxy: ListingsProxy;
  let connection: ExchangeConnection;

  beforeAll(async () => {
    venue = await startVenue({ port: 0, speed: 60 });
  });
  afterAll(() => venue.close());
  afterEach(async () => {
    await connection.close();
    await proxy.close();
  });

  const connect = async (change: ListingsProxy['change']) => {
    proxy = new ListingsProxy(venue);
    proxy.change = change;
    connection = connectExchange({ id: 'local', venueUrl: await proxy.open() });
  };
  const closedOf = (heard: Listener, symbol: string) =>
    heard.events.filter((event) => event.kind === 'closed' && event.symbol === symbol).length;
  /** Watches from the newest candle on. */
  const watch = async (symbol: string) => {
    const page = await connection.fetchCandles({ symbol, timeframe: '1m', limit: 5 });
    if (!page.ok) throw new Error(page.error.message);
    connection.watchCandles({ symbol, timeframe: '1m', afterMs: page.value.closed.at(-1)![0] });
  };
  const market = async (symbol: string) => {
    const markets = await connection.markets();
    return markets.ok ? markets.value.find((listed) => listed.symbol === symbol) : undefined;
  };

  it('serves a new listing beside what is watched already, and new steps', async () => {
    await connect(without('ETHUSDT'));
    const heard = new Listener(connection);
    await watch('BTC/USDT');
    connection.watchTickers(['BTC/USDT', 'ETH/USDT']);
    await until('candles', () => closedOf(heard, 'BTC/USDT') > 0);
    expect(await market('ETH/USDT')).toBeUndefined();
    const query = { symbol: 'ETH/USDT', timeframe: '1m', limit: 5 } as const;
    expect(await connection.fetchCandles(query)).toMatchObject({ ok: false, error: { kind: 'unknown-symbol' } });

    proxy.change = withTick('BTCUSDT', '0.50000000');
    const reloaded = await connection.reloadMarkets();
    expect(reloaded).toEqual(await connection.markets());
    expect(await market('ETH/USDT')).toMatchObject({ active: true });
    expect(await market('BTC/USDT')).toMatchObject({ active: true, priceTick: '0.5' });
    await watch('ETH/USDT');
    const before = closedOf(heard, 'BTC/USDT');
    await until('candles of the new listing', () => closedOf(heard, 'ETH/USDT') > 0);
    await until('more candles of the old one', () => closedOf(heard, 'BTC/USDT') > before);
    await until('tickers of the new listing', () =>
      heard.events.some((event) => event.kind === 'tickers' && event.tickers.some((t) => t.symbol === 'ETH/USDT')),
    );
    expect(heard.broken).toEqual([]);
  });

  it('keeps what was there when the answer fails or is empty', async () => {
    await connect((info) => info);
    const before = await connection.markets();
    expect(before).toMatchObject({ ok: true });
    for (const bad of [() => null, (info: Info) => ({ ...info, symbols: [] })]) {
      proxy.change = bad;
      expect(await connection.reloadMarkets()).toMatchObject({ ok: false, error: { retryable: true } });
      expect(await connection.markets()).toEqual(before);
      const page = await connection.fetchCandles({ symbol: 'BTC/USDT', timeframe: '1m', limit: 5 });
      expect(page.ok && page.value.closed).toHaveLength(5);
    }
    proxy.change = (info) => info;
    expect(await connection.reloadMarkets()).toEqual(before);
  });

  it('keeps a market that is no longer named, as not trading, and what is watched of it going', async () => {
    await connect((info) => info);
    const heard = new Listener(connection);
    await watch('ETH/USDT');
    await until('candles', () => closedOf(heard, 'ETH/USDT') > 0);
    proxy.change = without('ETHUSDT');
    for (const _again of [1, 2]) expect(await connection.reloadMarkets()).toMatchObject({ ok: true });
    expect(await market('ETH/USDT')).toMatchObject({ active: false, priceTick: '0.01' });
    const before = closedOf(heard, 'ETH/USDT');
    await until('more candles', () => closedOf(heard, 'ETH/USDT') > before);
    expect(heard.events.filter(({ kind }) => kind === 'series-failed')).toEqual([]);
    expect(heard.broken).toEqual([]);
    proxy.change = (info) => info;
    await connection.reloadMarkets();
    expect(await market('ETH/USDT')).toMatchObject({ active: true });
  });
});
