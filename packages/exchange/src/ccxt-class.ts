import { assert } from '@wickworks/core';

/** What we use of a CCXT connection. */
interface CcxtClient {
  readonly url: string;
  onError(error: Error): void;
  close(): unknown;
}

/** What we use of a CCXT exchange; everything it returns is outside data and parsed where it is used. */
export interface CcxtExchange {
  readonly id: string;
  readonly has: Readonly<Record<string, unknown>>;
  readonly timeframes: Readonly<Record<string, unknown>> | undefined;
  readonly markets: Readonly<Record<string, unknown>> | undefined;
  readonly markets_by_id: Readonly<Record<string, unknown>> | undefined;
  readonly currencies: unknown;
  readonly tickers: Readonly<Record<string, unknown>>;
  readonly clients: Readonly<Record<string, CcxtClient>>;
  readonly last_response_headers?: unknown;
  log: (...values: unknown[]) => void;
  setMarkets(markets: unknown, currencies?: unknown): unknown;
  /** Shares the markets of another instance of the same class, as they are now. */
  setMarketsFromExchange(source: CcxtExchange): unknown;
  safeSymbol(marketId: string, market?: undefined, delimiter?: undefined, type?: string): string;
  findTimeframe(interval: string): string | undefined;
  loadMarkets(reload?: boolean): Promise<unknown>;
  fetchTime(): Promise<unknown>;
  fetchBalance(): Promise<unknown>;
  fetchOHLCV(symbol: string, timeframe: string, since?: number, limit?: number, params?: object): Promise<unknown>;
  fetchTrades(symbol: string, since?: number, limit?: number, params?: object): Promise<unknown>;
  fetchTickers(symbols: readonly string[]): Promise<unknown>;
  watchTickers(symbols: readonly string[]): Promise<unknown>;
  watchOHLCV(symbol: string, timeframe: string): Promise<unknown>;
  watchOHLCVForSymbols(series: readonly (readonly [string, string])[]): Promise<unknown>;
  unWatchOHLCVForSymbols(series: readonly (readonly [string, string])[]): Promise<unknown>;
  unWatchOHLCV(symbol: string, timeframe: string): Promise<unknown>;
  watchTrades(symbol: string): Promise<unknown>;
  unWatchTrades(symbol: string): Promise<unknown>;
  close(): Promise<void>;
  onConnected(client: CcxtClient, message?: unknown): void;
  onError(client: CcxtClient, error: unknown): void;
  onClose(client: CcxtClient, event: unknown): void;
  handleMessage(client: CcxtClient, message: unknown): unknown;
  handleOHLCV(client: CcxtClient, message: unknown): unknown;
  handleRestResponse(response: unknown, ...request: unknown[]): Promise<unknown>;
  parseOHLCVs(rows: unknown, market?: unknown, timeframe?: string): unknown[];
}

export type CcxtClass = new (settings: object) => CcxtExchange;

/** What a connection tells besides what its watch calls return. */
export interface SocketHooks {
  connected?: () => void;
  lost?: (reason: string) => void;
  /** Takes the raw candle messages over; watch calls for candles then stay pending until the connection ends. */
  candle?: (message: unknown) => void;
}

/**
 * Loads one CCXT class by itself (a third of the time and memory of the whole package), past the package's
 * `exports` but with the same class identity. Throws when CCXT knows no such exchange.
 */
export async function loadCcxtClass(ccxtId: string): Promise<CcxtClass> {
  assert(/^[a-z0-9]+$/.test(ccxtId), `a CCXT id is lower-case letters and digits, got ${JSON.stringify(ccxtId)}`);
  const address = new URL(`./src/pro/${ccxtId}.js`, import.meta.resolve('ccxt'));
  const rest = new URL(`./src/${ccxtId}.js`, address.href.replace('/src/pro/', '/'));
  const loaded: unknown = await import(address.href).catch(() => import(rest.href));
  const found = typeof loaded === 'object' && loaded !== null && 'default' in loaded ? loaded.default : null;
  assert(typeof found === 'function', `CCXT's ${ccxtId} is a class`);
  return found as CcxtClass;
}

/** One instance of the class, telling `hooks` what CCXT otherwise keeps to itself. */
export function openExchange(base: CcxtClass, settings: object, hooks: SocketHooks): CcxtExchange {
  class Hooked extends base {
    override onConnected(client: CcxtClient, message?: unknown): void {
      super.onConnected(client, message);
      hooks.connected?.();
    }

    override onError(client: CcxtClient, error: unknown): void {
      const isCurrent = this.clients[client.url] === client;
      super.onError(client, error);
      if (isCurrent) hooks.lost?.(error instanceof Error ? error.message : String(error));
    }

    override onClose(client: CcxtClient, event: unknown): void {
      const isCurrent = this.clients[client.url] === client;
      super.onClose(client, event);
      if (isCurrent) hooks.lost?.('the exchange closed the connection');
    }

    override handleMessage(client: CcxtClient, message: unknown): unknown {
      // A connection that was given up may still deliver what lay in its buffers.
      if (this.clients[client.url] !== client) return undefined;
      if (typeof message !== 'string') return super.handleMessage(client, message);
      // Text is a ping of some exchanges, or a frame broken on the way, over which most classes trip: what it said is
      // missed then, and shows as such.
      try {
        return super.handleMessage(client, message);
      } catch {
        return undefined;
      }
    }

    // CCXT hands an answer it cannot read on as text, in which it then finds no candle: a hole where there is none.
    override async handleRestResponse(response: unknown, ...request: unknown[]): Promise<unknown> {
      const answer = await super.handleRestResponse(response, ...request);
      if (typeof answer === 'string' && !isJson(answer))
        throw new Error(`${this.id} answered something that is no JSON`);
      return answer;
    }

    // It would also cut the answer to the window asked for, and with it rows whose time is damaged: holes as well.
    // Whole, it is looked through at the door (candle-door.ts), and cut in rest-source.ts.
    override parseOHLCVs(rows: unknown, market?: unknown, timeframe?: string): unknown[] {
      return super.parseOHLCVs(rows, market, timeframe);
    }

    override handleOHLCV(client: CcxtClient, message: unknown): unknown {
      if (!hooks.candle) return super.handleOHLCV(client, message);
      // Instead of CCXT's handling: its cache and its futures would cost as much again and nobody reads them.
      hooks.candle(message);
      return undefined;
    }
  }
  const exchange = new Hooked(settings);
  exchange.log = () => undefined; // CCXT would print malformed frames on the console
  return exchange;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Gives up every socket of `exchange`: pending watch calls reject, and the next ones dial anew. */
export function dropSockets(exchange: CcxtExchange, reason: Error): void {
  for (const client of Object.values(exchange.clients)) {
    // Forgotten first: a loss of our own making is not news.
    Reflect.deleteProperty(exchange.clients, client.url);
    client.onError(reason);
    client.close();
  }
}
