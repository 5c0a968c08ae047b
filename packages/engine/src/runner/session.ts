import { assert, unreachable, type CandleColumns, type Timeframe } from '@wickworks/core';
import { IndicatorRunner } from '../indicators/calculate.js';
import type { IndicatorDefinition } from '../indicators/define.js';
import type { IndicatorCache } from '../indicators/indicator-cache.js';
import { Graph, type Series } from '../indicators/kernel/graph.js';
import type { ParamValues } from '../indicators/params.js';
import { settlingByOutput, type Settling } from '../indicators/settling.js';
import type {
  BrokerReply,
  Fill,
  Intent,
  OrderRequest,
  Refusal,
  RefusalReason,
  RoundTrip,
  SessionEvent,
  Settlement,
} from '../messages.js';
import type { ColumnSource } from '../market/run-memory.js';
import type { Broker } from '../ports.js';
import type { Portfolio } from '../portfolio/portfolio.js';
import type { RiskLimits } from '../risk/review.js';
import { AlignedIndicator } from './aligned-indicator.js';
import { EquityCurve } from './equity-curve.js';
import { Journal } from './journal.js';
import { OrderDesk, type Settle } from './order-desk.js';
import { PrefixView } from './prefix-view.js';
import type { Seat } from './seat.js';
import { SignalTrips, type OpenVenue } from './signal-trips.js';
import {
  NO_INTENTS,
  type IndicatorOptions,
  type Strategy,
  type StrategyContext,
  type StrategySetup,
} from './strategy.js';

export interface SessionOptions {
  readonly portfolio: Portfolio;
  /** Candles of each market, in the order of the portfolio's instruments; they may go on growing. */
  readonly candles: readonly CandleColumns[];
  readonly limits: RiskLimits;
  readonly broker: Broker;
  /** Candles of a market before the strategy is asked. */
  readonly warmup: number;
  /** Of the host, for sessions over the same candles. */
  readonly cache?: IndicatorCache | undefined;
  /** What its columns are made of; left out: memory of its own. */
  readonly memory?: ColumnSource | undefined;
  readonly create: (setup: StrategySetup) => Strategy;
  /** Of a strategy that shares its account with others; left out: it has one of its own. */
  readonly seat?: Seat;
}

/** Settles an order at the open of a candle, if that is possible. */
type SettleAt = (order: OrderRequest, index: number) => Settlement | null;

/** An indicator the strategy asked for: what the explanation of a trade quotes. */
export interface WatchedIndicator {
  /** As the strategy's author knows it, `sma(20)`. */
  readonly name: string;
  readonly market: number;
  /** Values by index of the market's own candles. */
  readonly outputs: Readonly<Record<string, Series>>;
  /** Longer timeframe that it is made from; null: that of the candles. */
  readonly timeframe: Timeframe | null;
  /** When its outputs no longer depend on where the data starts, in candles of that timeframe; computed when asked. */
  readonly settling: () => Readonly<Record<string, Settling>>;
}

/**
 * One strategy on one account, driven by {@link step} alone: the same code trades a backtest, paper and live, only
 * the broker and whoever feeds the events differ. No clock, no I/O; time is what events say.
 */
export class Session implements StrategyContext {
  readonly portfolio: Portfolio;
  readonly desk: OrderDesk;
  readonly equityCurve: EquityCurve;
  readonly refusals: Refusal[] = [];
  readonly watched: WatchedIndicator[] = [];
  readonly #journal: Journal;
  /** What the strategy sees of the money: all of the account, or its own share. */
  readonly #purse: Portfolio;
  readonly #seat: Seat | null;
  /** The account's index of the first of its markets. */
  readonly #firstMarket: number;
  readonly #sources: readonly CandleColumns[];
  readonly #views: readonly PrefixView[];
  /** Per market what is to be worked through when its candles grow. */
  readonly #indicators: readonly { append(): void }[][];
  /** Candles per market that the indicators have worked through: in a backtest all at once. */
  readonly #calculated: number[];
  readonly #markets: ReadonlyMap<string, number>;
  readonly #symbols: readonly string[];
  readonly #warmup: number;
  readonly #cache: IndicatorCache | null;
  readonly #memory: ColumnSource | undefined;
  readonly #strategy: Strategy;
  readonly #trips: SignalTrips;
  #isTrading = true;
  // What the strategy sees; set before each call.
  market = 0;
  index = 0;
  candles: CandleColumns;
  #closeMs = 0;
  /** Width (ms) of the candles that are passing: time and price follow {@link index} then. 0: none are. */
  #passingMs = 0;
  /** Candles whose equity is noted, of those of {@link stepThrough}. */
  #passed = 0;

  constructor(options: SessionOptions) {
    const { portfolio, candles, seat = null, memory } = options;
    this.portfolio = portfolio;
    this.#seat = seat;
    this.#memory = memory;
    this.#journal = new Journal(memory);
    this.#purse = seat?.purse ?? portfolio;
    this.#firstMarket = seat?.firstMarket ?? 0;
    this.desk = seat?.desk ?? new OrderDesk({ ...options, journal: this.#journal });
    this.equityCurve = new EquityCurve(seat ? 0 : (candles[0]?.length ?? 0), memory);
    this.#sources = candles;
    this.#trips = new SignalTrips({
      ...{ portfolio, curve: this.equityCurve, journal: this.#journal, desk: this.desk, candles: candles[0]! },
    });
    this.#views = candles.map((source) => new PrefixView(source));
    this.#indicators = candles.map(() => []);
    this.#calculated = candles.map(() => 0);
    const own = portfolio.instruments.slice(this.#firstMarket, this.#firstMarket + candles.length);
    this.#markets = new Map(own.map(({ symbol }, market) => [symbol, market]));
    this.#symbols = own.map(({ symbol }) => symbol);
    this.#warmup = options.warmup;
    this.#cache = options.cache ?? null;
    this.candles = this.#views[0] ?? candles[0]!;
    this.#strategy = options.create({
      symbols: this.#symbols,
      indicator: (symbol, definition, params, indicatorOptions) =>
        this.#indicator(this.#marketOf(symbol), definition, params, indicatorOptions),
      candles: (symbol) => this.#sources[this.#marketOf(symbol)]!,
      graph: (symbol) => new Graph(this.#sources[this.#marketOf(symbol)]!, undefined, memory),
    });
  }

  /** Takes one event in. Synchronous: when it returns, everything the event caused inside has happened. */
  step(event: SessionEvent): void {
    switch (event.kind) {
      case 'candle':
        this.#candle(event.market, event.index, event.closeMs);
        return;
      case 'fill':
      case 'rejected':
      case 'canceled':
      case 'charge':
        this.#reply(event);
        return;
      case 'trading':
        this.#isTrading = event.on;
        return;
      default:
        unreachable(event);
    }
  }

  /**
   * Takes in candles `[from, to)` of the only market, `widthMs` wide, exactly as {@link step} one by one does, up to
   * and including the first candle at which the strategy wishes for something that works on. Nothing may happen at the
   * broker in these candles but what the strategy wishes. `settleAt` settles an order at the open of a candle, if that
   * is possible: then it goes on from there. `venue`: where whole trips may be made at once. Returns the index behind
   * the last one taken.
   */
  stepThrough(
    from: number,
    to: number,
    { widthMs, settleAt, venue }: { widthMs: number; settleAt: SettleAt | null; venue: OpenVenue | null },
  ): number {
    if (to > this.#calculated[0]!) this.#calculate(0);
    const plan = venue && this.#isTrading ? (this.#strategy.signalPlan?.() ?? null) : null;
    const settle: Settle | null = settleAt && ((order) => settleAt(order, this.index + 1));
    this.#passed = from;
    let next = Math.max(from, this.#warmup);
    while (next < to) {
      if (plan && venue && this.portfolio.openPositions === 0 && !this.desk.isWorking) {
        const done = this.#trips.run(plan, { passed: this.#passed, from: next, to, widthMs }, venue);
        if (done > next) this.#passed = done;
        next = done;
      }
      const intents = this.#nextWish(next, to, widthMs);
      if (intents.length === 0) break;
      next = this.index + 1;
      this.#pass(next, widthMs);
      this.#act(intents, intents.length === 1 && next < to ? settle : null);
      if (this.desk.isWorking) return next;
    }
    this.#pass(to, widthMs);
    return to;
  }

  /** Every fill, by id − 1. */
  get fills(): readonly Fill[] {
    return this.#journal.fills;
  }

  get symbol(): string {
    return this.portfolio.instruments[this.#firstMarket + this.market]!.symbol;
  }

  get position(): number {
    return this.portfolio.quantityOf(this.#firstMarket + this.market);
  }

  get cash(): number {
    return this.#purse.cash;
  }

  get timeMs(): number {
    return this.#passingMs === 0 ? this.#closeMs : this.#sources[0]!.time[this.index]! + this.#passingMs;
  }

  get equity(): number {
    this.#mark();
    return this.#purse.equity();
  }

  get buyingPower(): number {
    this.#mark();
    return this.#seat ? this.desk.buyingPowerIn(this.#firstMarket) : this.desk.buyingPower;
  }

  positionOf(symbol: string): number {
    return this.portfolio.quantityOf(this.#firstMarket + this.#marketOf(symbol));
  }

  entryPriceOf(symbol: string): number {
    return this.portfolio.entryPriceOf(this.#firstMarket + this.#marketOf(symbol));
  }

  ordersOf(symbol: string): readonly number[] {
    return this.desk.workingIn(this.#firstMarket + this.#marketOf(symbol));
  }

  workingOrders(symbol: string): readonly OrderRequest[] {
    return this.desk.workingRequests(this.#firstMarket + this.#marketOf(symbol));
  }

  tripsEndedIn(symbol: string): number {
    return this.portfolio.tripsEndedIn(this.#firstMarket + this.#marketOf(symbol));
  }

  get roundTrips(): readonly RoundTrip[] {
    return this.#seat?.roundTrips ?? this.portfolio.roundTrips;
  }

  #candle(market: number, index: number, closeMs: number): void {
    const source = this.#sources[market]!;
    this.portfolio.mark(market, source.close[index]!);
    this.equityCurve.note(closeMs, this.portfolio.equity());
    this.decide(market, index, closeMs);
  }

  /** Asks the strategy about a candle of one of its markets that has closed, and does what it wishes. */
  decide(market: number, index: number, closeMs: number): void {
    if (index >= this.#calculated[market]!) this.#calculate(market);
    if (index < this.#warmup) return;
    const intents = this.#ask(market, index, closeMs);
    if (intents.length > 0) this.#act(intents);
  }

  #ask(market: number, index: number, closeMs: number): readonly Intent[] {
    const view = this.#views[market]!;
    view.show(index + 1);
    this.market = market;
    this.index = index;
    this.#closeMs = closeMs;
    this.candles = view;
    return this.#strategy.onCandle(this);
  }

  /**
   * What the strategy wishes for first at a candle of `[from, to)` of the only market, `widthMs` wide, which is
   * {@link index} then. Nothing: it has no wish in them.
   */
  #nextWish(from: number, to: number, widthMs: number): readonly Intent[] {
    const view = this.#views[0]!;
    view.show(view.length);
    this.market = 0;
    this.candles = view;
    this.#passingMs = widthMs;
    const intents = this.#strategy.nextSignal ? this.#jumpToWish(from, to, widthMs) : this.#walkToWish(from, to);
    this.#mark();
    this.#closeMs = this.timeMs;
    this.#passingMs = 0;
    return intents;
  }

  #walkToWish(from: number, to: number): readonly Intent[] {
    const strategy = this.#strategy;
    const view = this.#views[0]!;
    for (let index = from; index < to; index++) {
      this.index = index;
      view.length = index + 1;
      const intents = strategy.onCandle(this);
      // Most answers are that very list: looking into it would cost more than the rest of the loop.
      if (intents !== NO_INTENTS && intents.length > 0) return intents;
    }
    return NO_INTENTS;
  }

  #jumpToWish(from: number, to: number, widthMs: number): readonly Intent[] {
    const strategy = this.#strategy;
    const view = this.#views[0]!;
    for (let index = from; index < to; index++) {
      this.index = index;
      view.length = index + 1;
      index = strategy.nextSignal?.(this, index, to) ?? index;
      if (index >= to) break;
      this.index = index;
      view.length = index + 1;
      // Nothing has happened up to here; and having read on to it, the strategy finds the candle in the cache.
      this.#pass(index + 1, widthMs);
      const intents = strategy.onCandle(this);
      if (intents.length > 0) return intents;
    }
    return NO_INTENTS;
  }

  /** The price at hand: while candles pass, only when somebody asks what it makes of the account. */
  #mark(): void {
    if (this.#passingMs > 0) this.portfolio.mark(0, this.#sources[0]!.close[this.index]!);
  }

  /** Notes the equity of the candles before `to` that are not noted yet: the account did nothing in them. */
  #pass(to: number, widthMs: number): void {
    const from = this.#passed;
    if (from >= to) return;
    this.#passed = to;
    const source = this.#sources[0]!;
    this.#readOn(source, from, to);
    const at = this.equityCurve.extend(source, from, to, widthMs);
    this.portfolio.equityAt(source.close, { from, to }, this.equityCurve.buffer, at);
  }

  /**
   * Reads columns of candles `[from, to)` for nothing, one of each eight that share a line of the cache: orders look at
   * few of them, far apart, and each would wait for the memory, which keeps pace with whoever goes line by line.
   */
  #readOn({ time, open, close }: CandleColumns, from: number, to: number): void {
    let read = 0;
    for (let i = from; i < to; i += 8) read += time[i]! + open[i]! + close[i]!;
    // Without a use of what was read nothing would be.
    assert(!Number.isNaN(read), 'times and prices are numbers');
  }

  #calculate(market: number): void {
    for (const runner of this.#indicators[market]!) runner.append();
    this.#calculated[market] = this.#sources[market]!.length;
  }

  #act(intents: readonly Intent[], settle: Settle | null = null): void {
    let groups: Map<string, number[]> | null = null;
    for (const intent of intents) {
      if (intent.kind === 'cancel') {
        if (this.#isOwn(intent.orderId)) this.desk.cancel(intent.orderId, 'strategy');
        continue;
      }
      const own = this.#marketNamed(intent.symbol);
      const market = own === undefined ? undefined : this.#firstMarket + own;
      if (market === undefined) this.#refuse(intent, 'unknown-symbol');
      else if (intent.kind === 'cancel-all')
        for (const id of this.desk.workingIn(market)) this.desk.cancel(id, 'strategy');
      else if (!this.#isTrading && intent.reduceOnly !== true && intent.size.kind !== 'position')
        this.#refuse(intent, 'trading-off');
      else {
        const placed = this.desk.place(intent, market, this.timeMs, settle);
        if (typeof placed === 'string') this.#refuse(intent, placed);
        else if (intent.ocoGroup !== undefined) {
          groups ??= new Map<string, number[]>();
          const group = groups.get(intent.ocoGroup);
          if (group) group.push(placed);
          else groups.set(intent.ocoGroup, [placed]);
        }
      }
    }
    if (groups) for (const group of groups.values()) if (group.length > 1) this.desk.group(group);
  }

  /** Nobody cancels the orders of another strategy. */
  #isOwn(orderId: number): boolean {
    if (this.#seat === null) return true;
    const market = this.desk.records[orderId - 1]?.request.market ?? -1;
    return market >= this.#firstMarket && market < this.#firstMarket + this.#sources.length;
  }

  #refuse(intent: Intent, reason: RefusalReason): void {
    // Wishes may be written anew, and only orders have parts that are.
    const kept = intent.kind === 'place' ? { ...intent, size: { ...intent.size } } : intent;
    this.refusals.push({ timeMs: this.timeMs, intent: kept, reason });
  }

  #reply(reply: BrokerReply): void {
    if (reply.kind === 'fill') {
      this.#journal.addFill(reply.fill);
      this.portfolio.apply(reply.fill);
    } else if (reply.kind === 'charge') this.portfolio.charge(reply.market, reply.amountE8);
    this.desk.take(reply);
  }

  /** A symbol a strategy was not given is its own mistake. */
  #marketOf(symbol: string): number {
    const market = this.#marketNamed(symbol);
    if (market === undefined)
      throw new RangeError(`the strategy asked for ${symbol}, which the session does not trade`);
    return market;
  }

  /** Mostly the market that is asked about. */
  #marketNamed(symbol: string): number | undefined {
    return symbol === this.#symbols[this.market] ? this.market : this.#markets.get(symbol);
  }

  #indicator(
    market: number,
    definition: IndicatorDefinition,
    params: ParamValues,
    options?: IndicatorOptions,
  ): Readonly<Record<string, Series>> {
    const runner = this.#runnerOf(market, definition, params, options);
    this.#indicators[market]!.push(runner);
    const name = options?.name ?? `${definition.id}(${Object.values(params).join(', ')})`;
    this.watched.push({
      name,
      market,
      outputs: runner.outputs,
      timeframe: options && options.timeframe !== options.base ? options.timeframe : null,
      settling: () => settlingByOutput(definition, params),
    });
    return runner.outputs;
  }

  #runnerOf(
    market: number,
    definition: IndicatorDefinition,
    params: ParamValues,
    options?: IndicatorOptions,
  ): IndicatorRunner | AlignedIndicator {
    const own = this.#sources[market]!;
    const from = options?.from === undefined ? market : this.#marketOf(options.from);
    if (!options || (from === market && options.timeframe === options.base))
      return (
        this.#cache?.runnerOf(definition, params, own) ??
        new IndicatorRunner(definition, params, own, { memory: this.#memory })
      );
    const { base, timeframe } = options;
    const other = this.#sources[from]!;
    return new AlignedIndicator({ definition, params, own, other, base, timeframe, seesSameClose: from <= market });
  }
}
