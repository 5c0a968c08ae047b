import type { Ticker } from '@wickworks/exchange';
import type { ExchangeFeed } from './exchange-feed.js';

export type { Ticker } from '@wickworks/exchange';

/** The latest tickers of one exchange: one upstream set for everybody's symbols. */
export class TickerBoard {
  readonly #feed: ExchangeFeed;
  readonly #latest = new Map<string, Ticker>();
  readonly #users = new Map<string, number>();
  readonly #listeners = new Set<(ticker: Ticker) => void>();
  readonly #unsubscribe: () => void;
  #isDue = false;

  constructor(feed: ExchangeFeed) {
    this.#feed = feed;
    this.#unsubscribe = feed.onTickers((tickers) => this.#onTickers(tickers));
  }

  /** Wants `symbols` from now on; returns what gives them up. */
  want(symbols: readonly string[]): () => void {
    this.#count(symbols, 1);
    return () => this.#count(symbols, -1);
  }

  /** The latest of `symbols` as far as known. */
  latest(symbols: Iterable<string>): Ticker[] {
    const known: Ticker[] = [];
    for (const symbol of symbols) {
      const ticker = this.#latest.get(symbol);
      if (ticker) known.push(ticker);
    }
    return known;
  }

  /** Tells every ticker that comes in; returns the unsubscribe. */
  onTicker(listener: (ticker: Ticker) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#unsubscribe();
    this.#listeners.clear();
  }

  #count(symbols: readonly string[], by: 1 | -1): void {
    let isChanged = false;
    for (const symbol of new Set(symbols)) {
      const before = this.#users.get(symbol) ?? 0;
      const after = before + by;
      if (after > 0) this.#users.set(symbol, after);
      else {
        this.#users.delete(symbol);
        // An old price must not greet the next one who asks.
        this.#latest.delete(symbol);
      }
      isChanged ||= before === 0 || after === 0;
    }
    if (isChanged) this.#announceLater();
  }

  /** Many clients come and go at once: the exchange is told of the outcome. */
  #announceLater(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      this.#feed.watchTickers([...this.#users.keys()]);
    });
  }

  #onTickers(tickers: readonly Ticker[]): void {
    for (const ticker of tickers) {
      if (!this.#users.has(ticker.symbol)) continue;
      this.#latest.set(ticker.symbol, ticker);
      for (const listener of this.#listeners) listener(ticker);
    }
  }
}
