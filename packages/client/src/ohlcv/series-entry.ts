import type { CandleEncoding, OhlcvClientInput, Problem, StatusMessage } from '@wickworks/contracts';
import { Entry, type Accepted, type Carrier } from './entry.js';
import { SubscriptionCursor } from './subscription-cursor.js';
import type { StreamNews, SubscribeRequest, SubscriptionHandlers, SubscriptionState } from './subscription.js';

/** One candle stream. */
export class SeriesEntry extends Entry {
  readonly #handlers: SubscriptionHandlers;
  readonly #cursor: SubscriptionCursor;
  readonly #request: SubscribeRequest;
  #live: SubscriptionState = { phase: 'live' };

  constructor(request: SubscribeRequest, handlers: SubscriptionHandlers, carrier: Carrier) {
    super(carrier, handlers.onState);
    this.#request = request;
    this.#handlers = handlers;
    this.#cursor = new SubscriptionCursor(request);
  }

  get encoding(): CandleEncoding {
    return this.#request.encoding ?? 'packed';
  }

  protected override opening(id: string): OhlcvClientInput {
    return this.#cursor.opening(id);
  }

  override accepted(answer: Accepted): void {
    super.accepted(answer);
    this.#cursor.accepted(answer);
    this.#live = { phase: 'live', ...(answer.unlisted && { isUnlisted: true }) };
    if (answer.resumed === true) this.enter(this.#live);
  }

  override refused(problem: Problem): void {
    if (!this.#cursor.isResuming) {
      super.refused(problem);
      return;
    }
    // Whatever was wrong with the token, a fresh subscription gives the whole truth again.
    this.#cursor.forget();
    this.carrier.reopen();
  }

  override ended(problem: Problem): void {
    this.#cursor.forget();
    super.ended(problem);
  }

  /** Hands the message to its handler; `hole` when one before it is missing. */
  receive(news: StreamNews): 'take' | 'repeat' | 'hole' {
    const verdict = this.#cursor.judge(news);
    if (verdict !== 'take') return verdict;
    dispatch(this.#handlers, news);
    if (news.kind === 'snapshot') this.enter(this.#live);
    return verdict;
  }

  tellStatus(status: StatusMessage): void {
    if (status.exchange === this.#request.exchange) this.#handlers.onStatus?.(status);
  }
}

function dispatch(handlers: SubscriptionHandlers, news: StreamNews): void {
  switch (news.kind) {
    case 'snapshot':
      handlers.onSnapshot?.(news);
      return;
    case 'candle':
      handlers.onCandle?.(news);
      return;
    case 'backfill':
      handlers.onBackfill?.(news);
      return;
    case 'correction':
      handlers.onCorrection?.(news);
      return;
    case 'indicator':
      handlers.onIndicator?.(news);
      return;
    case 'signal':
      handlers.onSignal?.(news);
      return;
  }
}
