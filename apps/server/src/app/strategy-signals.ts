import { AnyStrategyDocument, isRules, type Paging, type SignalView, type StrategyStart } from '@wickworks/contracts';
import { err, isTimeframe, ok, shiftOpenTime, type Candles, type Result, type SeriesKey } from '@wickworks/core';
import type { CandleStore, SignalRow, StrategyStores } from '@wickworks/db';
import type { InstrumentRules, Signal } from '@wickworks/engine';
import type { Feed, HubLease } from '../feed/feed.js';
import { serially } from '../feed/serially.js';
import { plain, type Declaration, type SignalTask } from '../jobs/backtest-task.js';
import { SignalThread } from '../jobs/signal-thread.js';
import { refuse, type Refusal } from '../wire/problem.js';
import { RunningStrategy } from '../wire/strategy.js';
import type { DocumentCheck } from './document-check.js';
import { unsound } from './strategies.js';

/** Candles before the start that a strategy has seen when it begins. */
const PAST_CANDLES = 2_000;
const PAGE_CANDLES = 1_000;
/** Strategies in code follow at most so many markets together, each in a thread of its own. */
const CODE_MARKETS_MAX = 16;
/** Longest that one of them may work at a time. */
const CODE_TIME_MAX_MS = 30_000;

export interface StrategySignalsInput {
  readonly stores: StrategyStores;
  readonly check: DocumentCheck;
  readonly feed: Feed;
  readonly candles: CandleStore;
  /** Code of the threads that strategies in code run in. */
  readonly workerUrl: URL;
  readonly log: { error(fields: object, message: string): void; warn(fields: object, message: string): void };
}

type Listener = (signal: SignalView) => void;

/** Strategies that follow markets: each closed candle is worked through once, signals are stored before they are told. */
export class StrategySignals {
  readonly #input: StrategySignalsInput;
  readonly #followed = new Map<string, Followed[]>();
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(input: StrategySignalsInput) {
    this.#input = input;
  }

  /** Goes on with every strategy that ran when the process ended, as if it had not. */
  async resume(): Promise<void> {
    for (const row of await this.#input.stores.strategies.running()) {
      const state = RunningStrategy.safeParse(row.running);
      const document = AnyStrategyDocument.safeParse(row.document);
      const prepared =
        state.success && document.success
          ? await this.#prepare(row.id, document.data, state.data)
          : err(refuse('internal', 'its saved state cannot be read'));
      if (prepared.ok) this.#replace(row.id, prepared.value);
      else await this.#fail(row.id, prepared.error.detail);
    }
  }

  /** Follows `start.markets` from now on; what it followed before is dropped, or goes on where the start is refused. */
  async start(id: string, document: AnyStrategyDocument, start: StrategyStart): Promise<Result<void, Refusal>> {
    const issues = await this.#input.check.issues(document);
    if (issues.length > 0) return err(unsound(issues, 'strategy'));
    const state: RunningStrategy = { ...start, fromMs: {}, sinceMs: {} };
    const prepared = await this.#prepare(id, document, state);
    if (!prepared.ok) return prepared;
    this.#replace(id, prepared.value);
    await this.#input.stores.strategies.setRunning(id, { running: state, fault: null });
    return ok(undefined);
  }

  /** Stops following; nothing happens when it was not. */
  async stop(id: string): Promise<void> {
    this.#replace(id, []);
    await this.#input.stores.strategies.setRunning(id, { running: null, fault: null });
  }

  /** Stored signals, newest first. */
  async page(
    strategyId: string,
    { limit, cursor }: Paging,
  ): Promise<{ items: SignalView[]; nextCursor: string | null }> {
    const beforeId = cursor === undefined ? undefined : Number(cursor);
    const wanted = { limit: limit + 1, ...(beforeId !== undefined && Number.isSafeInteger(beforeId) && { beforeId }) };
    const rows = await this.#input.stores.signals.list(strategyId, wanted);
    const items = rows.slice(0, limit);
    return { items: items.flatMap(viewOf), nextCursor: rows.length > limit ? String(items.at(-1)!.id) : null };
  }

  /** Whether somebody has a strategy of this id. */
  async isOwned(strategyId: string, ownerId: string): Promise<boolean> {
    return (await this.#input.stores.strategies.find({ id: strategyId, ownerId })) !== null;
  }

  /** Tells the signals of a strategy as they are stored; returns the unsubscribe. */
  subscribe(strategyId: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(strategyId) ?? new Set();
    this.#listeners.set(strategyId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(strategyId);
    };
  }

  close(): void {
    for (const list of this.#followed.values()) for (const followed of list) followed.close();
    this.#followed.clear();
  }

  /** All that following needs, with the leases of every market or of none; fills in the beginnings `state` lacks. */
  async #prepare(
    id: string,
    document: AnyStrategyDocument,
    state: RunningStrategy,
  ): Promise<Result<readonly FollowedInput[], Refusal>> {
    const declared = await this.#input.check.declaration(document);
    if (!declared.ok) return err(unsound(declared.error, 'strategy'));
    const { parseParamValues } = await import('@wickworks/engine');
    const params = parseParamValues(declared.value.params, state.params);
    if (!params.ok) {
      const issues = params.error.map(({ field, message }) => ({ path: `params.${field}`, message }));
      return err(refuse('invalid-field', issues.map(({ path, message }) => `${path}: ${message}`).join('; '), issues));
    }
    const alone = faultOfFollowing(declared.value.needs, state.markets);
    if (alone) return err(refuse('invalid-field', `${alone.path}: ${alone.message}`, [alone]));
    if (!isRules(document) && this.#codeMarketsBeside(id) + state.markets.length > CODE_MARKETS_MAX) {
      const most = String(CODE_MARKETS_MAX);
      return err(refuse('conflict', `strategies in code follow at most ${most} markets together; stop another one`));
    }
    const list: FollowedInput[] = [];
    for (const { exchange, symbol } of state.markets) {
      const key: SeriesKey = { exchange, symbol, timeframe: document.timeframe };
      const lease = await this.#input.feed.acquire(key);
      if (!lease.ok) {
        for (const { lease: held } of list) held.release();
        return lease;
      }
      const name = `${exchange} ${symbol}`;
      const { presentMs } = lease.value.hub;
      state.sinceMs[name] ??= presentMs;
      state.fromMs[name] ??= Math.max(0, shiftOpenTime(document.timeframe, presentMs, -PAST_CANDLES));
      list.push({
        ...this.#input,
        key,
        lease: lease.value,
        document,
        params: params.value,
        fromMs: state.fromMs[name],
        sinceMs: state.sinceMs[name],
        strategyId: id,
        onSignals: (rows) => {
          for (const view of rows.flatMap(viewOf)) for (const listen of this.#listeners.get(id) ?? []) listen(view);
        },
        onFault: (fault) => void this.#fail(id, fault),
      });
    }
    return ok(list);
  }

  /** Without a pause in between: two starts at once leave one run behind, not both. */
  #replace(id: string, list: readonly FollowedInput[]): void {
    for (const followed of this.#followed.get(id) ?? []) followed.close();
    if (list.length === 0) this.#followed.delete(id);
    else
      this.#followed.set(
        id,
        list.map((input) => new Followed(input)),
      );
  }

  /** Markets that other strategies follow in threads. */
  #codeMarketsBeside(id: string): number {
    const others = [...this.#followed].flatMap(([of, list]) => (of === id ? [] : list));
    return others.filter(({ isInThread }) => isInThread).length;
  }

  async #fail(id: string, fault: string): Promise<void> {
    this.#input.log.warn({ strategy: id, fault }, 'a running strategy stopped');
    this.#replace(id, []);
    await this.#input.stores.strategies.setRunning(id, { running: null, fault });
  }
}

/** Each market is followed by itself: none can be read beside it, and what is not traded gives no signal. */
function faultOfFollowing(
  needs: Declaration['needs'],
  markets: readonly { readonly symbol: string }[],
): { path: string; message: string } | null {
  const traded = needs.filter(({ path }) => path.startsWith('trade.')).map(({ symbol }) => symbol);
  for (const [index, market] of markets.entries()) {
    const other = needs.find(({ path, symbol }) => path.startsWith('indicators.') && symbol !== market.symbol);
    if (other) {
      const message = `it reads ${other.symbol} (${other.path}); live, a strategy reads only the market it follows`;
      return { path: `markets.${String(index)}`, message };
    }
    if (traded.length > 0 && !traded.includes(market.symbol))
      return { path: `markets.${String(index)}`, message: `it trades ${traded.join(', ')} alone` };
  }
  return null;
}

interface FollowedInput extends StrategySignalsInput {
  readonly key: SeriesKey;
  readonly lease: HubLease;
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

/** One strategy on one market. Candles are read from the store, where they are before anyone hears of them. */
class Followed {
  readonly #input: FollowedInput;
  readonly #oneByOne = serially();
  readonly #unsubscribe: () => void;
  #runner: Runner | null = null;
  /** Open time of the next candle it has not been told of. */
  #nextMs = 0;
  #isClosed = false;

  constructor(input: FollowedInput) {
    this.#input = input;
    this.#unsubscribe = input.lease.hub.subscribe((event) => {
      if (event.kind === 'forming') return;
      if (event.kind === 'failed') input.onFault(event.failure.message);
      else this.#work(event.kind === 'correction');
    });
    this.#work(true);
  }

  get isInThread(): boolean {
    return !isRules(this.#input.document);
  }

  close(): void {
    this.#isClosed = true;
    this.#unsubscribe();
    this.#runner?.close();
    this.#input.lease.release();
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
    }).catch((error: unknown) => {
      if (this.#isClosed) return;
      this.#input.log.error({ err: error, strategy: this.#input.strategyId }, 'a strategy failed');
      this.#input.onFault(error instanceof Error ? error.message : String(error));
    });
  }

  async #begin(): Promise<readonly Signal[]> {
    const { key, lease, candles, fromMs, document, params } = this.#input;
    const { hub } = lease;
    for (let reachedMs = hub.presentMs; reachedMs > fromMs;) {
      const page = await hub.history(reachedMs, PAGE_CANDLES);
      if (!page.ok || page.value.complete || page.value.candles.length === 0) break;
      reachedMs = page.value.candles.time[0]!;
    }
    const known = await candles.read(key, fromMs, hub.presentMs);
    const market = await this.#rules();
    this.#runner?.close();
    const runner = await runnerOf(this.#input);
    this.#runner = runner;
    this.#reached(known, fromMs);
    return runner.tell({ kind: 'follow', document, params, market, candles: plain(known) });
  }

  async #catchUp(runner: Runner): Promise<readonly Signal[]> {
    const { candles, key, lease } = this.#input;
    const fresh = await candles.read(key, this.#nextMs, lease.hub.presentMs);
    if (fresh.length === 0) return [];
    this.#reached(fresh, this.#nextMs);
    return runner.tell({ kind: 'closed', candles: plain(fresh) });
  }

  #reached(candles: Candles, otherwiseMs: number): void {
    this.#nextMs = candles.length > 0 ? candles.time[candles.length - 1]! + 1 : otherwiseMs;
  }

  async #rules(): Promise<InstrumentRules> {
    const { key, feed } = this.#input;
    const markets = await feed.exchanges.get(key.exchange)?.markets();
    const market = markets?.ok === true ? markets.value.get(key.symbol) : undefined;
    return {
      symbol: key.symbol,
      tickSize: Number(market?.priceTick ?? '0.00000001'),
      lotSize: Number(market?.quantityStep ?? '0.00000001'),
      minNotional: 0,
      makerFeeBps: 0,
      takerFeeBps: 0,
    };
  }
}

/** As the contract shows it; a row of a timeframe that no longer exists is left out. */
function viewOf({
  strategyId,
  exchange,
  symbol,
  timeframe,
  openTimeMs,
  action,
  price,
  reason,
}: SignalRow): SignalView[] {
  return isTimeframe(timeframe) ? [{ strategyId, exchange, symbol, timeframe, openTimeMs, action, price, reason }] : [];
}
