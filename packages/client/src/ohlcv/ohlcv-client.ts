import { OHLCV_LIMITS, type OhlcvClientInput, type Problem, type StatusMessage } from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import { problemFailure, transportFailure, type ClientFailure } from '../failure.js';
import { Link, type LinkOptions, type LinkState } from './link.js';
import { parseMessage, type OhlcvMessage } from './parse-message.js';
import type { Carrier } from './entry.js';
import { SeriesEntry } from './series-entry.js';
import type { HistoryPage, SubscribeRequest, Subscription, SubscriptionHandlers } from './subscription.js';
import { TickersEntry, type TickersHandlers, type TickersRequest } from './tickers-entry.js';

/** The `/ws/ohlcv` side of the client: any number of subscriptions over one connection that heals itself. */
export class OhlcvClient {
  readonly #link: Link<OhlcvMessage, OhlcvClientInput>;
  readonly #options: LinkOptions;
  readonly #series = new Set<SeriesEntry>();
  readonly #tickers = new Set<TickersEntry>();
  /** By the server's subscription id on this connection. */
  readonly #routes = new Map<string, SeriesEntry | TickersEntry>();
  /** Openings awaiting `subscribed`, by message id. */
  readonly #opening = new Map<string, SeriesEntry | TickersEntry>();
  readonly #histories = new Map<string, (result: Result<HistoryPage, ClientFailure>) => void>();
  readonly #statuses = new Map<string, StatusMessage>();
  readonly #statusListeners = new Set<(status: StatusMessage) => void>();
  #lastId = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#link = new Link(options, {
      parse: parseMessage,
      ping: { op: 'ping', id: 'probe' },
      onOpen: () => this.#openAll(),
      onMessage: (message) => this.#receive(message),
      onLost: () => this.#lost(),
    });
  }

  /** The connection right now; read it again rather than keep it. */
  get state(): LinkState {
    return this.#link.state;
  }

  /** Calls `listener` at each change of the connection; returns the unsubscribe. */
  onState(listener: (state: LinkState) => void): () => void {
    return this.#link.onState(listener);
  }

  /** Last known state of an exchange on this connection; `undefined` before the server told. */
  status(exchange: string): StatusMessage | undefined {
    return this.#statuses.get(exchange);
  }

  /** Calls `listener` for each `status` message of any exchange; returns the unsubscribe. */
  onStatus(listener: (status: StatusMessage) => void): () => void {
    this.#statusListeners.add(listener);
    return () => void this.#statusListeners.delete(listener);
  }

  /** Streams a series until `unsubscribe`, across losses of the connection. */
  subscribe(request: SubscribeRequest, handlers: SubscriptionHandlers): Subscription {
    const entry: SeriesEntry = new SeriesEntry(
      request,
      handlers,
      this.#carrier(() => entry),
    );
    this.#series.add(entry);
    this.#open(entry);
    return {
      get state() {
        return entry.state;
      },
      history: (query) => this.#history(entry, query),
      unsubscribe: () => {
        this.#series.delete(entry);
        this.#leave(entry);
      },
    };
  }

  /** Streams the prices of up to 500 symbols until the returned function is called. */
  tickers(request: TickersRequest, handlers: TickersHandlers): () => void {
    const entry: TickersEntry = new TickersEntry(
      request,
      handlers,
      this.#carrier(() => entry),
    );
    this.#tickers.add(entry);
    this.#open(entry);
    return () => {
      this.#tickers.delete(entry);
      this.#leave(entry);
    };
  }

  /** Dials at once when lost: the network came back. */
  retryNow(): void {
    this.#link.retryNow();
  }

  close(): void {
    this.#lost();
    for (const entry of [...this.#series, ...this.#tickers]) entry.close();
    this.#series.clear();
    this.#tickers.clear();
    this.#link.close();
  }

  #carrier(entry: () => SeriesEntry | TickersEntry): Carrier {
    return { send: (message) => this.#link.send(message), reopen: () => this.#open(entry()) };
  }

  #nextId(): string {
    return `c${++this.#lastId}`;
  }

  #openAll(): void {
    for (const entry of [...this.#series, ...this.#tickers]) this.#open(entry);
  }

  #open(entry: SeriesEntry | TickersEntry): void {
    const id = this.#nextId();
    if (entry.open(id)) this.#opening.set(id, entry);
  }

  #leave(entry: SeriesEntry | TickersEntry): void {
    entry.close();
    for (const [id, waiting] of this.#opening) if (waiting === entry) this.#opening.delete(id);
    const { subscription } = entry;
    if (subscription === undefined) return;
    this.#routes.delete(subscription);
    this.#link.send({ op: 'unsubscribe', id: this.#nextId(), subscription });
  }

  #lost(): void {
    this.#routes.clear();
    this.#opening.clear();
    this.#statuses.clear();
    for (const settle of [...this.#histories.values()]) settle(err(transportFailure('connection lost')));
    for (const entry of [...this.#series, ...this.#tickers]) entry.lost();
  }

  #receive(message: OhlcvMessage): void {
    switch (message.kind) {
      case 'subscribed': {
        const entry = this.#opening.get(message.id);
        if (!entry) {
          // Left before the answer came: the server must not keep streaming to nobody.
          this.#link.send({ op: 'unsubscribe', id: this.#nextId(), subscription: message.subscription });
          return;
        }
        this.#opening.delete(message.id);
        this.#routes.set(message.subscription, entry);
        entry.accepted(message);
        return;
      }
      case 'error':
        if (message.subscription !== undefined) this.#ended(message.subscription, message.problem);
        else this.#refused(message.id, message.problem);
        return;
      case 'history':
        this.#histories.get(message.id)?.(ok(message));
        return;
      case 'status':
        this.#statuses.set(message.exchange, message);
        for (const listener of this.#statusListeners) listener(message);
        for (const entry of this.#series) entry.tellStatus(message);
        return;
      case 'snapshot':
      case 'candle':
      case 'backfill':
      case 'correction':
      case 'indicator':
      case 'signal': {
        // No entry: unsubscribed a moment ago, while this was on its way.
        const entry = this.#routes.get(message.subscription);
        if (entry instanceof SeriesEntry && entry.receive(message) === 'hole') this.#dropForHole();
        return;
      }
      case 'tickers': {
        const entry = this.#routes.get(message.subscription);
        if (entry instanceof TickersEntry && entry.receive(message) === 'hole') this.#dropForHole();
        return;
      }
      case 'unsubscribed':
      case 'pong':
      case 'hello':
      case 'signed-in':
      case 'heartbeat':
        return;
    }
  }

  /** The server broke its numbering: only a new connection, resumed behind the last sound message, is trusted. */
  #dropForHole(): void {
    this.#link.drop('a message of the stream is missing');
  }

  /** The server ended a stream of its own accord. */
  #ended(subscription: string, problem: Problem): void {
    const entry = this.#routes.get(subscription);
    this.#routes.delete(subscription);
    entry?.ended(problem);
  }

  #refused(id: string | undefined, problem: Problem): void {
    if (id === undefined) return;
    this.#histories.get(id)?.(err(problemFailure(problem)));
    const entry = this.#opening.get(id);
    this.#opening.delete(id);
    entry?.refused(problem);
  }

  #history(entry: SeriesEntry, query: { before: number; limit?: number }): Promise<Result<HistoryPage, ClientFailure>> {
    const { subscription } = entry;
    const id = this.#nextId();
    const limit = Math.min(query.limit ?? 1_000, OHLCV_LIMITS.historyCandlesMax);
    const { encoding } = entry;
    if (
      subscription === undefined ||
      !this.#link.send({ op: 'history', id, subscription, before: query.before, limit, encoding })
    )
      return Promise.resolve(err(transportFailure('not connected')));
    return new Promise((resolve) => {
      const settle = (result: Result<HistoryPage, ClientFailure>): void => {
        clearTimeout(timer);
        this.#histories.delete(id);
        resolve(result);
      };
      const timer = setTimeout(
        () => settle(err(transportFailure('no answer to history in time'))),
        this.#options.timing.replyTimeoutMs,
      );
      this.#histories.set(id, settle);
    });
  }
}
