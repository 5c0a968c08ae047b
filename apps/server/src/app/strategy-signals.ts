import {
  AnyStrategyDocument,
  isRules,
  type Paging,
  type RunningMarket,
  type SignalView,
  type StrategyMarket,
  type StrategyStart,
} from '@wickworks/contracts';
import {
  assert,
  err,
  isTimeframe,
  ok,
  shiftOpenTime,
  type Result,
  type SeriesKey,
  type Timeframe,
} from '@wickworks/core';
import type { SignalRow } from '@wickworks/db';
import { atMarket, refuse, type Refusal } from '../wire/problem.js';
import { RunningStrategy } from '../wire/strategy.js';
import type { DocumentCheck } from './document-check.js';
import { Followed, type FollowedContext, type FollowedInput, type Leg } from './followed-strategy.js';
import { planFollowing, type FollowingPlan } from './following-plan.js';
import { unsound } from './strategies.js';

/** Candles before the start that a strategy has seen when it begins: more when it needs more, within reason. */
const PAST_CANDLES = 2_000;
const PAST_CANDLES_MAX = 200_000;
/** Strategies in code follow at most so many markets together, each in a thread of its own. */
const CODE_MARKETS_MAX = 16;

export interface StrategySignalsInput extends FollowedContext {
  readonly check: DocumentCheck;
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
    const isSame = (one: StrategyMarket, other: StrategyMarket): boolean =>
      one.exchange === other.exchange && one.symbol === other.symbol;
    const twice = start.markets.findIndex((one, at) => start.markets.findIndex((other) => isSame(one, other)) < at);
    if (twice >= 0) {
      const [path, message] = [`markets.${String(twice)}`, `${start.markets[twice]!.symbol} was given twice`];
      return err(refuse('invalid-field', `${path}: ${message}`, [{ path, message }]));
    }
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

  /** What a market that a strategy follows waits for; `null`: nothing, it is up to date. */
  waitsFor(strategyId: string, { exchange, symbol }: StrategyMarket): RunningMarket['waitsFor'] {
    const list = this.#followed.get(strategyId) ?? [];
    return list.find(({ key }) => key.exchange === exchange && key.symbol === symbol)?.waitsFor ?? null;
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
    const plans = planFollowing(declared.value.needs, state.markets);
    if (!plans.ok) {
      const { path, message } = plans.error;
      return err(refuse('invalid-field', `${path}: ${message}`, [{ path, message }]));
    }
    if (!isRules(document) && this.#codeMarketsBeside(id) + state.markets.length > CODE_MARKETS_MAX) {
      const most = String(CODE_MARKETS_MAX);
      return err(refuse('conflict', `strategies in code follow at most ${most} markets together; stop another one`));
    }
    const past = Math.min(PAST_CANDLES_MAX, Math.max(PAST_CANDLES, 2 * declared.value.warmup));
    const list: FollowedInput[] = [];
    for (const plan of plans.value) {
      const { exchange, symbol } = plan;
      const legs = await this.#legsOf(plan, document.timeframe);
      if (!legs.ok) {
        for (const { lease } of list.flatMap((prepared) => prepared.legs)) lease.release();
        return legs;
      }
      const name = `${exchange} ${symbol}`;
      const key: SeriesKey = { exchange, symbol, timeframe: document.timeframe };
      const own = legs.value.find((leg) => leg.key.symbol === symbol);
      assert(own, 'a market is one of its own legs');
      const { presentMs } = own.lease.hub;
      state.sinceMs[name] ??= presentMs;
      state.fromMs[name] ??= Math.max(0, shiftOpenTime(document.timeframe, presentMs, -past));
      list.push({
        ...this.#input,
        key,
        legs: legs.value,
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

  /** The series a market is followed by, all of them or none. */
  async #legsOf(plan: FollowingPlan, timeframe: Timeframe): Promise<Result<readonly Leg[], Refusal>> {
    const legs: Leg[] = [];
    for (const symbol of plan.symbols) {
      const key: SeriesKey = { exchange: plan.exchange, symbol, timeframe };
      const lease = await this.#input.feed.acquire(key);
      if (!lease.ok) {
        for (const { lease: held } of legs) held.release();
        if (symbol === plan.symbol) return err(atMarket(lease.error, plan.path, 'timeframe'));
        const message = `it reads ${symbol}: ${lease.error.detail}`;
        return err(refuse(lease.error.code, `${plan.path}: ${message}`, [{ path: plan.path, message }]));
      }
      legs.push({ key, lease: lease.value });
    }
    return ok(legs);
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
