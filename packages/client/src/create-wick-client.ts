import { assert } from '@wickworks/core';
import { unpackQuickly } from '@wickworks/core/quick-unpack';
import type { LinkOptions } from './ohlcv/link.js';
import { OhlcvClient } from './ohlcv/ohlcv-client.js';
import type { SocketConstructor } from './ohlcv/socket.js';
import { DEFAULT_TIMING, type LinkTiming } from './ohlcv/timing.js';
import { RestClient } from './rest/rest-client.js';
import { RestCore, type RestOptions } from './rest/rest-core.js';

export interface WickClientOptions {
  /** `http://127.0.0.1:8080`, with or without a trailing `/api/v1`. */
  readonly baseUrl: string;
  /** Default: the global one. */
  readonly fetch?: typeof fetch | undefined;
  /** Default: the global one, which Node 20 lacks: pass the class of the `ws` package there. */
  readonly WebSocket?: SocketConstructor | undefined;
  /** Access token or API key; a function is asked at each call. Browsers send their cookies instead. */
  readonly token?: string | (() => string | undefined) | undefined;
  readonly timing?: Partial<LinkTiming> | undefined;
  /** Longest wait for a REST answer. */
  readonly requestTimeoutMs?: number | undefined;
}

/** What a page needs before it draws: candles, exchanges and markets. */
export interface CandleClient {
  readonly rest: RestCore;
  /** Dials on first use and then stays connected until `close`. */
  readonly ohlcv: OhlcvClient;
  /** Closes the socket for good. */
  close(): void;
}

export interface WickClient extends CandleClient {
  readonly rest: RestClient;
}

/** Where a server is and how it is reached, from what the caller gave. */
export function settingsOf(options: WickClientOptions) {
  const base = new URL(options.baseUrl);
  const origin = base.origin + base.pathname.replace(/\/+$/, '').replace(/\/api\/v1$/, '');
  const { token } = options;
  const askToken = typeof token === 'string' ? () => token : token;
  return {
    origin,
    token: askToken,
    /** How a socket is dialled. */
    link: (path: string): LinkOptions => ({
      url: origin.replace(/^http/, 'ws') + path,
      WebSocket: options.WebSocket ?? globalSocket(),
      token: askToken,
      timing: { ...DEFAULT_TIMING, ...options.timing },
    }),
  };
}

/** A client of one Wickworks server, for Node ≥ 20 and browsers. */
export function createWickClient(options: WickClientOptions): WickClient {
  // In Node and in workers: a page's policy may forbid WebAssembly, and only to try would be reported as a violation.
  if (!('document' in globalThis)) unpackQuickly();
  return clientOf(options, (rest) => new RestClient(rest));
}

/** The part of {@link createWickClient} that a page loads first. */
export const createCandleClient = (options: WickClientOptions): CandleClient =>
  clientOf(options, (rest) => new RestCore(rest));

function clientOf<R extends RestCore>(options: WickClientOptions, restOf: (options: RestOptions) => R) {
  const { origin, token, link } = settingsOf(options);
  const rest = restOf({
    origin,
    // Bound: a browser's fetch refuses to run as the method of another object.
    fetch: (options.fetch ?? globalThis.fetch).bind(globalThis),
    token,
    timeoutMs: options.requestTimeoutMs ?? 30_000,
  });
  let ohlcv: OhlcvClient | undefined;
  return {
    rest,
    get ohlcv() {
      return (ohlcv ??= new OhlcvClient(link('/ws/ohlcv')));
    },
    close: () => ohlcv?.close(),
  };
}

function globalSocket(): SocketConstructor {
  assert('WebSocket' in globalThis, 'this runtime has a WebSocket, or one was passed to createWickClient');
  return globalThis.WebSocket;
}
