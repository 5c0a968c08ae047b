import type { LinkState, OhlcvClient } from '@wickworks/client';
import type { ExchangeConnection, ServerLink } from './hooks-api.js';

export type ExchangeStatus = Omit<ExchangeConnection, 'replay'>;

const UNKNOWN: ExchangeStatus = { state: 'connecting', sinceMs: null, lastMessageMs: null, reason: null };

/** Link and exchange states as values that keep their identity until something in them changes. */
export class ConnectionStore {
  readonly #ohlcv: OhlcvClient;
  readonly #newsMs: (exchange: string) => number | null;
  readonly #listeners = new Set<() => void>();
  readonly #statuses = new Map<string, ExchangeStatus>();
  #link: ServerLink;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** `newsMs` says when the last candle or price of an exchange arrived, this machine's clock. */
  constructor(ohlcv: OhlcvClient, newsMs: (exchange: string) => number | null) {
    this.#ohlcv = ohlcv;
    this.#newsMs = newsMs;
    this.#link = linkOf(ohlcv.state);
    ohlcv.onState(() => this.#refresh());
    ohlcv.onStatus(() => this.#refresh());
  }

  /** The age of the last message moves all the time: listeners hear of it once per second. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.#refresh(), 1_000);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  link(): ServerLink {
    return this.#link;
  }

  status(exchange: string): ExchangeStatus {
    let status = this.#statuses.get(exchange);
    if (!status) {
      status = this.#read(exchange, UNKNOWN);
      this.#statuses.set(exchange, status);
    }
    return status;
  }

  retryNow(): void {
    this.#ohlcv.retryNow();
  }

  #refresh(): void {
    const link = linkOf(this.#ohlcv.state);
    let changed = !isEqual(link, this.#link);
    if (changed) this.#link = link;
    for (const [exchange, before] of this.#statuses) {
      const status = this.#read(exchange, before);
      if (isEqual(status, before)) continue;
      this.#statuses.set(exchange, status);
      changed = true;
    }
    if (changed) for (const listener of [...this.#listeners]) listener();
  }

  #read(exchange: string, before: ExchangeStatus): ExchangeStatus {
    const { state, sinceMs, serverClockOffsetMs } = this.#ohlcv.state;
    // Dialling again after a loss is still a loss to whoever looks at prices.
    if (state === 'lost' || (state !== 'open' && before.state !== 'connecting'))
      return { ...before, state: 'lost', sinceMs: before.state === 'lost' ? before.sinceMs : sinceMs };
    const status = this.#ohlcv.status(exchange);
    if (!status) return { ...before, state: before.state === 'lost' ? 'connecting' : before.state };
    const toLocal = (serverMs: number): number => serverMs - (serverClockOffsetMs ?? 0);
    const told = status.lastMessageMs === null ? null : toLocal(status.lastMessageMs);
    const seen = this.#newsMs(exchange);
    return {
      state: status.state,
      sinceMs: toLocal(status.sinceMs),
      lastMessageMs: told === null ? seen : Math.max(told, seen ?? told),
      reason: status.reason ?? null,
    };
  }
}

function linkOf({ state, sinceMs, lastMessageMs, retryAtMs }: LinkState): ServerLink {
  return { state: state === 'closed' ? 'lost' : state, sinceMs, lastMessageMs, retryAtMs };
}

/** Times are judged to the second: their owner moves them with every message. */
function isEqual(a: ExchangeStatus | ServerLink, b: ExchangeStatus | ServerLink): boolean {
  const second = (timeMs: number | null): number | null => (timeMs === null ? null : Math.floor(timeMs / 1_000));
  return (
    a.state === b.state &&
    second(a.sinceMs) === second(b.sinceMs) &&
    second(a.lastMessageMs) === second(b.lastMessageMs) &&
    ('retryAtMs' in a ? a.retryAtMs : a.reason) === ('retryAtMs' in b ? b.retryAtMs : b.reason)
  );
}
