import { dropSockets, openExchange, type CcxtClass, type CcxtExchange } from '../ccxt-class.js';
import type { ExchangeCapabilities, Ticker } from '../ports.js';
import { readTickers, type RestSource } from '../rest-source.js';

/** Several changes within this time are told together. */
const GATHER_MS = 250;
const POLL_MS = 5_000;
const RETRY_MS = 500;

export interface TickerFeedParts {
  readonly cls: CcxtClass;
  readonly settings: object;
  readonly source: CcxtExchange;
  readonly rest: RestSource;
  readonly mode: ExchangeCapabilities['tickers'];
  readonly tell: (tickers: readonly Ticker[]) => void;
  readonly connected: () => void;
  readonly failed: (reason: string) => void;
}

/** Keeps tickers of a set of symbols coming: over a socket of its own, or by asking where there is none. */
export class TickerFeed {
  readonly #parts: TickerFeedParts;
  readonly #exchange: CcxtExchange;
  readonly #told = new Map<string, Ticker>();
  #symbols: readonly string[] = [];
  /** Rises with every change of the set: loops of an older generation end. */
  #generation = 0;

  constructor(parts: TickerFeedParts) {
    this.#parts = parts;
    this.#exchange = openExchange(parts.cls, parts.settings, { connected: parts.connected, lost: parts.failed });
    this.adoptMarkets();
  }

  /** Goes by the markets of its source as they are now. */
  adoptMarkets(): void {
    this.#exchange.setMarketsFromExchange(this.#parts.source);
  }

  /** How many tickers are expected. */
  get wanted(): number {
    return this.#parts.mode === 'none' ? 0 : this.#symbols.length;
  }

  /** Replaces the set. */
  want(symbols: readonly string[]): void {
    const sorted = [...new Set(symbols)].sort();
    if (sorted.join() === this.#symbols.join()) return;
    this.#symbols = sorted;
    const generation = ++this.#generation;
    this.#told.clear();
    // Each list of symbols has its own socket in CCXT; the one of the former list is of no more use.
    dropSockets(this.#exchange, new Error('the tickers wanted changed'));
    if (sorted.length > 0 && this.#parts.mode !== 'none') void this.#run(generation);
  }

  recycle(reason: string): void {
    dropSockets(this.#exchange, new Error(reason));
  }

  async close(): Promise<void> {
    this.#generation++;
    await this.#exchange.close();
  }

  async #run(generation: number): Promise<void> {
    while (generation === this.#generation) {
      const pauseMs = this.#parts.mode === 'native' ? await this.#listen() : await this.#poll();
      if (generation !== this.#generation) return;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  async #listen(): Promise<number> {
    try {
      await this.#exchange.watchTickers(this.#symbols);
      // All of a burst is in CCXT's cache, though the call returns only the first of it.
      const cached = this.#symbols.map((symbol) => this.#exchange.tickers[symbol]);
      this.#tellChanged(readTickers(cached, this.#parts.rest.estimatedTimeMs));
      return GATHER_MS;
    } catch {
      return RETRY_MS; // a lost connection has been told by its hook
    }
  }

  async #poll(): Promise<number> {
    const fetched = await this.#parts.rest.fetchTickers(this.#symbols);
    if (fetched.ok) this.#tellChanged(fetched.value);
    else this.#parts.failed(fetched.error.message);
    return fetched.ok ? POLL_MS : Math.max(POLL_MS, fetched.error.retryAfterMs ?? 0);
  }

  #tellChanged(tickers: readonly Ticker[]): void {
    const changed = tickers.filter((ticker) => {
      const told = this.#told.get(ticker.symbol);
      return told?.last !== ticker.last || told.timeMs !== ticker.timeMs;
    });
    for (const ticker of changed) this.#told.set(ticker.symbol, ticker);
    if (changed.length > 0) this.#parts.tell(changed);
  }
}
