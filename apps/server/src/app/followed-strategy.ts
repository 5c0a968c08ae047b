import { isRules, type AnyStrategyDocument } from '@wickworks/contracts';
import { assert, closeTimeOf, lowerBound, type Candles, type SeriesKey } from '@wickworks/core';
import type { CandleStore, SignalRow, StrategyStores } from '@wickworks/db';
import type { InstrumentRules, Signal } from '@wickworks/engine';
import type { Feed, HubLease } from '../feed/feed.js';
import { serially } from '../feed/serially.js';
import { plain, type SignalTask } from '../jobs/backtest-task.js';
import { SignalThread } from '../jobs/signal-thread.js';

const PAGE_CANDLES = 1_000;
/** Longest that a strategy in code may work at a time. */
const CODE_TIME_MAX_MS = 30_000;

export interface FollowedContext {
  readonly stores: StrategyStores;
  readonly feed: Feed;
  readonly candles: CandleStore;
  /** Code of the threads that strategies in code run in. */
  readonly workerUrl: URL;
  readonly log: { error(fields: object, message: string): void; warn(fields: object, message: string): void };
}

/** One series it takes candles from. */
export interface Leg {
  readonly key: SeriesKey;
  readonly lease: HubLease;
}

export interface FollowedInput extends FollowedContext {
  /** The market whose signals are told. */
  readonly key: SeriesKey;
  /** That one and those it reads, in the order in which candles that close together are told. */
  readonly legs: readonly Leg[];
  readonly document: AnyStrategyDocument;
  readonly params: Readonly<Record<string, unknown>>;
  readonly fromMs: number;
  readonly sinceMs: number;
  readonly strategyId: string;
  readonly onSignals: (rows: readonly SignalRow[]) => void;
  readonly onFault: (fault: string) => void;
}

/** A strategy at work on one market, here or in a thread: told candles, it gives signals. */
interface Runner {
  tell(task: SignalTask): Promise<readonly Signal[]>;
  close(): void;
}

/** Rules are compiled here, they cannot hang; code never runs on the server's own thread. */
async function runnerOf({ document, workerUrl }: FollowedInput): Promise<Runner> {
  if (!isRules(document)) return new SignalThread({ workerUrl, timeMaxMs: CODE_TIME_MAX_MS });
  const { SignalFollower } = await import('../jobs/signal-follower.js');
  const follower = new SignalFollower();
  return {
    tell: async (task) => {
      const report = await follower.work(task);
      if (report.kind === 'failed') throw new Error(report.reason);
      return report.signals;
    },
    close: () => undefined,
  };
}

/**
 * One strategy on one market, reading others beside it. Candles are read from the store, where they are before anyone
 * hears of them, and told in the order in which they closed: never one before it is sure that no other market has an
 * earlier one still to come. So each sees of the others what a backtest over the same candles sees, and waits for it.
 */
export class Followed {
  readonly #input: FollowedInput;
  readonly #oneByOne = serially();
  readonly #unsubscribes: readonly (() => void)[];
  #runner: Runner | null = null;
  /** Open time, by leg, of the next candle it has not been told of. */
  #nextMs: number[] = [];
  #isLate = false;
  #isClosed = false;

  constructor(input: FollowedInput) {
    this.#input = input;
    this.#unsubscribes = input.legs.map(({ key, lease }) =>
      lease.hub.subscribe((event) => {
        if (event.kind === 'forming') return;
        if (event.kind === 'failed') input.onFault(`${key.symbol}: ${event.failure.message}`);
        else this.#work(event.kind === 'correction');
      }),
    );
    this.#work(true);
  }

  get key(): SeriesKey {
    return this.#input.key;
  }

  get isInThread(): boolean {
    return !isRules(this.#input.document);
  }

  /**
   * The market whose candles are missing while closed ones of its own are held back, and since when: the close of the
   * first of these, ms UTC of the exchange. `null` while it is up to date.
   */
  get waitsFor(): { readonly symbol: string; readonly sinceMs: number } | null {
    const { legs, key } = this.#input;
    const own = this.#own;
    const nextMs = this.#nextMs[own];
    if (nextMs === undefined) return null;
    const { closed } = legs[own]!.lease.hub;
    const held = lowerBound(closed, nextMs);
    if (held === closed.length) return null;
    const heldMs = closed.time[held]!;
    const bounds = this.#bounds();
    const late = legs.findIndex((_, other) => other !== own && heldMs >= boundOf(bounds, own, other));
    return late < 0 ? null : { symbol: legs[late]!.key.symbol, sinceMs: closeTimeOf(key.timeframe, heldMs) };
  }

  get #own(): number {
    return this.#input.legs.findIndex(({ key }) => key.symbol === this.#input.key.symbol);
  }

  close(): void {
    this.#isClosed = true;
    for (const unsubscribe of this.#unsubscribes) unsubscribe();
    this.#runner?.close();
    for (const { lease } of this.#input.legs) lease.release();
  }

  /** Works through what is new; all of it again after a correction: signals known already are not told twice. */
  #work(isAnew: boolean): void {
    this.#oneByOne(async () => {
      if (this.#isClosed) return;
      const signals = isAnew || !this.#runner ? await this.#begin() : await this.#catchUp(this.#runner);
      const { key, strategyId, sinceMs, stores } = this.#input;
      const rows = signals
        .filter(({ openTimeMs }) => openTimeMs >= sinceMs)
        .map((signal) => ({ strategyId, ...key, ...signal }));
      this.#input.onSignals(await stores.signals.add(rows));
      this.#noteLate();
    }).catch((error: unknown) => {
      if (this.#isClosed) return;
      this.#input.log.error({ err: error, strategy: this.#input.strategyId }, 'a strategy failed');
      this.#input.onFault(error instanceof Error ? error.message : String(error));
    });
  }

  async #begin(): Promise<readonly Signal[]> {
    const { legs, fromMs, document, params, key } = this.#input;
    for (const { lease } of legs) await loadPast(lease, fromMs);
    this.#nextMs = legs.map(() => fromMs);
    const known = await this.#released();
    const markets = await Promise.all(legs.map((leg) => this.#rules(leg.key)));
    this.#runner?.close();
    const runner = await runnerOf(this.#input);
    this.#runner = runner;
    return runner.tell({ kind: 'follow', document, params, markets, symbol: key.symbol, candles: known.map(plain) });
  }

  async #catchUp(runner: Runner): Promise<readonly Signal[]> {
    const fresh = await this.#released();
    return fresh.every(({ length }) => length === 0) ? [] : runner.tell({ kind: 'closed', candles: fresh.map(plain) });
  }

  /** Says once that another market is a candle or more behind, and once that it is back. */
  #noteLate(): void {
    const { key, log, strategyId } = this.#input;
    const late = this.waitsFor;
    const isLate = late !== null && this.#bounds()[this.#own]! > late.sinceMs;
    if (isLate !== this.#isLate) {
      const told = { strategy: strategyId, ...key, ...(late && { waitsFor: late.symbol, sinceMs: late.sinceMs }) };
      log.warn(
        told,
        isLate ? 'a strategy waits for a market it reads' : 'a strategy has the market back it waited for',
      );
    }
    this.#isLate = isLate;
  }

  /** The candles of each leg that it may be told of now, and has not been yet. */
  async #released(): Promise<readonly Candles[]> {
    const bounds = this.#bounds();
    return Promise.all(
      this.#input.legs.map(async ({ key }, leg) => {
        const untilMs = Math.min(...bounds.map((_, other) => boundOf(bounds, leg, other)));
        const candles = await this.#input.candles.read(key, this.#nextMs[leg]!, untilMs);
        if (candles.length > 0) this.#nextMs[leg] = candles.time[candles.length - 1]! + 1;
        return candles;
      }),
    );
  }

  /** By leg the open time of its first candle that is not known to be closed: those before it are all stored. */
  #bounds(): readonly number[] {
    return this.#input.legs.map(({ lease }) => lease.hub.presentMs);
  }

  async #rules({ exchange, symbol }: SeriesKey): Promise<InstrumentRules> {
    const markets = await this.#input.feed.exchanges.get(exchange)?.markets();
    const market = markets?.ok === true ? markets.value.get(symbol) : undefined;
    return {
      symbol,
      tickSize: Number(market?.priceTick ?? '0.00000001'),
      lotSize: Number(market?.quantityStep ?? '0.00000001'),
      minNotional: 0,
      makerFeeBps: 0,
      takerFeeBps: 0,
    };
  }
}

/**
 * Candles of `leg` opening before this (ms UTC) are not overtaken by one that `other` has still to tell: its next
 * opens at its bound at the earliest, and one that closes together comes after those of a market listed before.
 */
function boundOf(bounds: readonly number[], leg: number, other: number): number {
  const boundMs = bounds[other];
  assert(boundMs !== undefined, 'every leg has its bound');
  return other > leg ? boundMs + 1 : boundMs;
}

/** Loads the closed candles of a series into the store, back to `fromMs` as far as they can be had. */
async function loadPast({ hub }: HubLease, fromMs: number): Promise<void> {
  for (let reachedMs = hub.presentMs; reachedMs > fromMs;) {
    const page = await hub.history(reachedMs, PAGE_CANDLES);
    if (!page.ok || page.value.complete || page.value.candles.length === 0) break;
    reachedMs = page.value.candles.time[0]!;
  }
}
