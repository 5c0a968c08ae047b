import { assert, err, ok, type Gap, type Result } from '@wickworks/core';
import { failure } from '../failure.js';
import type { ExchangeConnection, ExchangeFailure, PublicTrade } from '../ports.js';
import type { HistoryFailure } from './fetch-history.js';
import { subtract } from './missing-ranges.js';
import { askPatiently, type Patience, type Wait } from './patience.js';

/** A market at an exchange. */
interface MarketKey {
  readonly exchange: string;
  readonly symbol: string;
}

/** What a fetch of trades needs of a store. */
export interface TradeHistoryStore {
  covered(key: MarketKey): Promise<readonly Gap[]>;
  /** Stores that exactly these trades happened in the range; durable when it resolves. */
  write(key: MarketKey, range: Gap, trades: readonly PublicTrade[]): Promise<void>;
}

export interface TradeJob extends Omit<Patience, 'onWait'> {
  readonly key: MarketKey;
  readonly fromMs: number;
  /** Exclusive; `null`: up to the exchange's present. */
  readonly toMs: number | null;
  readonly onProgress: (progress: TradeProgress) => void;
}

export interface TradeProgress {
  /** Share of the missing time that is done, 0..1. */
  readonly ratio: number;
  readonly added: number;
  /** Set while a failure is waited out. */
  readonly waiting: Wait | null;
}

export interface TradeOutcome {
  readonly added: number;
  /** Where the range ended, ms UTC. */
  readonly toMs: number;
  /** The exchange has no trades from before; `null`: it has all that were asked for. */
  readonly beginsMs: number | null;
}

/** A trade of this age is not followed by an earlier one. */
const SETTLE_MS = 1_000;
/** Trades that are gathered before they are stored: what a crash may cost. */
const HELD_MAX = 20_000;
/** Numbers of a market's trades begin with one of these. */
const FIRST_ID_MAX = 1;

/**
 * Stores what is missing of a market's trades, oldest first. They are asked for by their numbers, which leave none out
 * unnoticed; the first one is found by halves. Whatever ends it early, what was fetched stays and the next call goes on
 * from there. Failures that may pass are waited out.
 */
export async function fetchTradeHistory(
  {
    store,
    exchange,
  }: { readonly store: TradeHistoryStore; readonly exchange: Pick<ExchangeConnection, 'fetchTrades'> },
  job: TradeJob,
): Promise<Result<TradeOutcome, HistoryFailure>> {
  const { key, fromMs } = job;
  const run = new Run(store, exchange, job);
  const newest = await run.ask(null);
  if (!newest.ok) return run.failed(newest.error);
  const toMs = Math.min(job.toMs ?? Infinity, newest.value.exchangeTimeMs - SETTLE_MS);
  const ranges = toMs > fromMs ? subtract([fromMs, toMs], await store.covered(key)) : [];
  const open = ranges.filter(([from, to]) => from < to);
  run.begin(open);
  let beginsMs: number | null = null;
  for (const range of open) {
    const first = await run.seek(range[0], newest.value.trades);
    if (!first.ok) return run.failed(first.error);
    // What the exchange no longer gives, or its first millisecond, of which a part may be gone.
    const isCut = first.value !== null && first.value.isOldest && first.value.id > FIRST_ID_MAX;
    const from = isCut ? Math.min(range[1], first.value.timeMs + 1) : range[0];
    if (isCut) beginsMs = from;
    const filled = await run.fill([from, range[1]], first.value?.id ?? null);
    if (!filled.ok) return run.failed(filled.error);
  }
  return ok({ added: run.added, toMs, beginsMs });
}

/** The running totals of one call. */
class Run {
  readonly #store: TradeHistoryStore;
  readonly #exchange: Pick<ExchangeConnection, 'fetchTrades'>;
  readonly #job: TradeJob;
  readonly #patience: Patience;
  added = 0;
  /** Number of the newest trade seen. */
  #newestId = -1;
  #wantedMs = 0;
  #doneMs = 0;

  constructor(store: TradeHistoryStore, exchange: Pick<ExchangeConnection, 'fetchTrades'>, job: TradeJob) {
    this.#store = store;
    this.#exchange = exchange;
    this.#job = job;
    const { signal, attempts, retry } = job;
    this.#patience = {
      ...(signal && { signal }),
      ...(attempts !== undefined && { attempts }),
      ...(retry && { retry }),
      onWait: (waiting) => this.#tell(0, waiting),
    };
  }

  begin(ranges: readonly Gap[]): void {
    this.#wantedMs = ranges.reduce((sum, [from, to]) => sum + to - from, 0);
  }

  /** Trades from the number `fromId` on, one at least where newer ones are known; `null`: the newest. */
  ask(fromId: number | null) {
    const { symbol } = this.#job.key;
    const query = fromId === null ? { symbol } : { symbol, fromId };
    return askPatiently(async () => {
      const answer = await this.#exchange.fetchTrades(query);
      if (!answer.ok) return answer;
      const last = answer.value.trades.at(-1);
      // Taken at its word, such an answer would leave out everything behind it, and nobody would ask again.
      if (last === undefined && fromId !== null && fromId <= this.#newestId)
        return err(failure('unavailable', `no trades from number ${fromId} on`, true));
      this.#newestId = Math.max(this.#newestId, last?.id ?? -1);
      return answer;
    }, this.#patience);
  }

  /** The first trade at or after `timeMs`; `null`: there is none yet. */
  async seek(
    timeMs: number,
    newest: readonly PublicTrade[],
  ): Promise<Result<{ id: number; timeMs: number; isOldest: boolean } | null, ExchangeFailure>> {
    const last = newest.at(-1);
    if (last === undefined || last.timeMs < timeMs) return ok(null);
    // All trades below `low` happened before, the one numbered `high.id` did not.
    let low = 0;
    let high = last;
    let oldestId = Infinity;
    while (low < high.id) {
      const middle = low === 0 ? 0 : Math.floor((low + high.id) / 2);
      const page = await this.ask(middle);
      if (!page.ok) return page;
      const { trades } = page.value;
      const [begin] = trades;
      assert(begin !== undefined, 'newer trades are known');
      if (middle === 0) oldestId = begin.id;
      const found = trades.find((trade) => trade.timeMs >= timeMs);
      if (found === undefined) low = trades[trades.length - 1]!.id + 1;
      else {
        high = found;
        // Known is what lies before it: another trade of the page, nothing at all, or only earlier ones.
        if (found !== begin || begin.id === oldestId || middle === low) break;
      }
    }
    return ok({ id: high.id, timeMs: high.timeMs, isOldest: high.id === oldestId });
  }

  /** Stores the trades of a range, of which `firstId` is the first or lies before it; `null`: it has none. */
  async fill([fromMs, toMs]: Gap, firstId: number | null): Promise<Result<null, ExchangeFailure>> {
    let cursorMs = fromMs;
    let held: PublicTrade[] = [];
    const flush = async (endMs: number): Promise<void> => {
      const ready = held.filter(({ timeMs }) => timeMs < endMs);
      if (endMs > cursorMs) await this.#store.write(this.#job.key, [cursorMs, endMs], ready);
      this.added += ready.length;
      held = held.filter(({ timeMs }) => timeMs >= endMs);
      cursorMs = Math.max(cursorMs, endMs);
    };
    for (let nextId = firstId; nextId !== null;) {
      const page = await this.ask(nextId);
      if (!page.ok) {
        // The newest millisecond held may not be complete.
        await flush(held.at(-1)?.timeMs ?? cursorMs);
        return page;
      }
      const { trades } = page.value;
      const last = trades.at(-1);
      if (trades[0] !== undefined && trades[0].id !== nextId) {
        await flush(held.at(-1)?.timeMs ?? cursorMs);
        return err(failure('unavailable', `trade ${nextId} is missing, ${trades[0].id} comes instead`, true));
      }
      held.push(...trades.filter(({ timeMs }) => timeMs >= fromMs && timeMs < toMs));
      nextId = last === undefined || last.timeMs >= toMs ? null : last.id + 1;
      if (nextId !== null && held.length >= HELD_MAX) await flush(held.at(-1)!.timeMs);
      this.#tell(Math.min(toMs, last?.timeMs ?? toMs) - fromMs, null);
    }
    await flush(toMs);
    this.#doneMs += toMs - fromMs;
    this.#tell(0, null);
    return ok(null);
  }

  failed(reason: ExchangeFailure): Result<never, HistoryFailure> {
    if (this.#job.signal?.aborted) {
      const message = 'stopped; what was fetched is stored, asking again goes on from there';
      return err({ kind: 'stopped', message, retryable: true });
    }
    const { kind, message, retryable } = reason;
    return err({ kind, message: `${this.#job.key.exchange}: ${message}`, retryable });
  }

  #tell(reachedMs: number, waiting: Wait | null): void {
    const ratio = this.#wantedMs === 0 ? 1 : Math.min(1, Math.max(0, (this.#doneMs + reachedMs) / this.#wantedMs));
    this.#job.onProgress({ ratio, added: this.added, waiting });
  }
}
