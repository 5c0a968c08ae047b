import type { OhlcvClient } from '@wickworks/client';
import { OHLCV_LIMITS, type TickerTuple } from '@wickworks/contracts';
import { FrameNotifier } from './frame-notifier.js';
import type { TickerStore, TickerView } from './hooks-api.js';

/** Prices of one exchange: whoever wants symbols adds them, the server is asked for their union. */
export class TickerBoard implements TickerStore {
  readonly #exchange: string;
  readonly #ohlcv: OhlcvClient;
  readonly #notifier = new FrameNotifier();
  readonly #views = new Map<string, TickerView>();
  readonly #wanted = new Map<string, number>();
  /** What the exchange does not list: one such symbol and the server refuses all. */
  readonly #absent = new Set<string>();
  #stop: (() => void)[] = [];
  #asked = '';
  #isPlanned = false;
  #version = 0;
  #lastNewsMs: number | null = null;

  constructor(exchange: string, ohlcv: OhlcvClient) {
    this.#exchange = exchange;
    this.#ohlcv = ohlcv;
  }

  /** When the last price arrived, this machine's clock; `null` before the first. */
  get lastNewsMs(): number | null {
    return this.#lastNewsMs;
  }

  get(symbol: string): TickerView | undefined {
    return this.#views.get(symbol);
  }

  subscribe(listener: () => void): () => void {
    return this.#notifier.subscribe(listener);
  }

  getVersion(): number {
    return this.#version;
  }

  /** Keeps the prices of `symbols` coming until the returned function is called. */
  want(symbols: readonly string[]): () => void {
    for (const symbol of symbols) {
      // Wanted anew, it is tried anew: it may be listed by now.
      if (!this.#wanted.has(symbol)) this.#absent.delete(symbol);
      this.#wanted.set(symbol, (this.#wanted.get(symbol) ?? 0) + 1);
    }
    this.#plan();
    return () => {
      for (const symbol of symbols) {
        const left = (this.#wanted.get(symbol) ?? 1) - 1;
        if (left > 0) this.#wanted.set(symbol, left);
        else this.#wanted.delete(symbol);
      }
      this.#plan();
    };
  }

  /** Many rows come and go in one render: the server hears of the outcome only. */
  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    setTimeout(() => {
      this.#isPlanned = false;
      this.#ask();
    }, 0);
  }

  #ask(): void {
    const symbols = [...this.#wanted.keys()].filter((symbol) => !this.#absent.has(symbol)).sort();
    const asked = symbols.join(' ');
    if (asked === this.#asked) return;
    this.#asked = asked;
    for (const stop of this.#stop) stop();
    this.#stop = [];
    for (let start = 0; start < symbols.length; start += OHLCV_LIMITS.tickerSymbolsMax) {
      const part = symbols.slice(start, start + OHLCV_LIMITS.tickerSymbolsMax);
      const request = { exchange: this.#exchange, symbols: part };
      this.#stop.push(
        this.#ohlcv.tickers(request, {
          onTickers: (tickers) => this.#take(tickers),
          // Without the symbol that the server does not know, for the sake of the others.
          onState: ({ problem }) => {
            for (const { path } of problem?.issues ?? []) {
              const symbol = part[Number(path.split('.')[1])];
              if (symbol) this.#absent.add(symbol);
              this.#plan();
            }
          },
        }),
      );
    }
  }

  #take(tickers: readonly TickerTuple[]): void {
    if (tickers.length === 0) return;
    for (const [symbol, last, changeRatio24h, quoteVolume24h, timeMs] of tickers) {
      const before = this.#views.get(symbol);
      const tick = before === undefined ? 0 : last > before.last ? 1 : last < before.last ? -1 : before.tick;
      this.#views.set(symbol, { symbol, last, changeRatio24h, quoteVolume24h, timeMs, tick });
    }
    this.#lastNewsMs = Date.now();
    this.#version++;
    this.#notifier.changed();
  }
}
