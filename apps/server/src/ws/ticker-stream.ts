import type { TickerTuple } from '@wickworks/contracts';
import type { Ticker, TickerBoard } from '../feed/ticker-board.js';
import type { ClientSocket } from './client-socket.js';

const tupleOf = ({ symbol, last, changeRatio24h, quoteVolume24h, timeMs }: Ticker): TickerTuple => [
  symbol,
  last,
  changeRatio24h,
  quoteVolume24h,
  timeMs,
];

/** One ticker subscription of one client: all known at first, then what changed, when the pacer says so. */
export class TickerStream {
  readonly #board: TickerBoard;
  readonly #socket: ClientSocket;
  readonly #subscription: string;
  readonly #symbols: ReadonlySet<string>;
  readonly #changed = new Set<string>();
  readonly #stop: () => void;
  #seq = 0;

  constructor(input: { board: TickerBoard; socket: ClientSocket; subscription: string; symbols: readonly string[] }) {
    this.#board = input.board;
    this.#socket = input.socket;
    this.#subscription = input.subscription;
    this.#symbols = new Set(input.symbols);
    const giveUp = input.board.want(input.symbols);
    const unlisten = input.board.onTicker((ticker) => {
      if (this.#symbols.has(ticker.symbol)) this.#changed.add(ticker.symbol);
    });
    this.#stop = () => {
      unlisten();
      giveUp();
    };
  }

  /** Sends every known ticker (`seq` 0). */
  start(): void {
    this.#send(this.#board.latest(this.#symbols));
  }

  /** Sends what changed since the last time; a lagging client gets it later, then the newest. */
  pace(): void {
    if (this.#changed.size === 0 || this.#socket.isSlow) return;
    const tickers = this.#board.latest(this.#changed);
    this.#changed.clear();
    if (tickers.length > 0) this.#send(tickers);
  }

  close(): void {
    this.#stop();
  }

  #send(tickers: readonly Ticker[]): void {
    this.#socket.send({
      kind: 'tickers',
      subscription: this.#subscription,
      seq: this.#seq++,
      tickers: tickers.map(tupleOf),
    });
  }
}
