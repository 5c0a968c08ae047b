import type { OhlcvClientInput, TickerTuple } from '@wickworks/contracts';
import { Entry, type Accepted, type Carrier } from './entry.js';
import type { SubscriptionState } from './subscription.js';

export interface TickersRequest {
  readonly exchange: string;
  /** 1..500 of them. */
  readonly symbols: readonly string[];
}

export interface TickersHandlers {
  /** `isFirst`: holds every known symbol; later calls hold those that changed. */
  readonly onTickers: (tickers: readonly TickerTuple[], isFirst: boolean) => void;
  readonly onState?: (state: SubscriptionState) => void;
}

/** One ticker stream; after a loss it starts over, since only the newest price counts. */
export class TickersEntry extends Entry {
  readonly #request: TickersRequest;
  readonly #handlers: TickersHandlers;
  #nextSeq = 0;

  constructor(request: TickersRequest, handlers: TickersHandlers, carrier: Carrier) {
    super(carrier, handlers.onState);
    this.#request = request;
    this.#handlers = handlers;
  }

  protected override opening(id: string): OhlcvClientInput {
    return { op: 'tickers', id, exchange: this.#request.exchange, symbols: [...this.#request.symbols] };
  }

  override accepted(answer: Accepted): void {
    super.accepted(answer);
    this.#nextSeq = 0;
  }

  /** Hands the prices on; `hole` when a message before it is missing. */
  receive(news: { readonly seq: number; readonly tickers: readonly TickerTuple[] }): 'take' | 'hole' {
    if (news.seq !== this.#nextSeq) return 'hole';
    this.#nextSeq++;
    this.#handlers.onTickers(news.tickers, news.seq === 0);
    this.enter({ phase: 'live' });
    return 'take';
  }
}
