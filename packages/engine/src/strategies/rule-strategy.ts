import { timeframeMs, type Direction, type Timeframe } from '@wickworks/core';
import type { Flags } from '../indicators/kernel/graph.js';
import { isPositive } from '../execution/make-order.js';
import type { Intent, OrderRequest, PlaceIntent, Reused, Size, Trail } from '../messages.js';
import { NO_INTENTS, type SignalPlan, type Strategy, type StrategyContext } from '../runner/strategy.js';
import type { LiveTruth } from './compile-rules.js';
import type { Amount, Condition, Expression, OrderSpec, Rule, StrategyDocument } from './document.js';
import { bracketAt, NO_EXITS, trailAt, type LevelRules } from './levels.js';
import { nextDifference, NextOne } from './next-one.js';
import { pausedBy } from './protections.js';
import { reasonOf, type RuleReason } from './rule-reason.js';
import type { Facts } from './scope.js';
import { valueOf, type SizeContext } from './size.js';

/** The rules of one market, however they are evaluated. */
export interface MarketRules extends LevelRules {
  /** Brings the rules up to the newest candle. */
  append(): void;
  truth(condition: Condition): LiveTruth;
  /** The truths at every candle, kept up to date by {@link append}; `null`: they are only known one by one. */
  flags(condition: Condition): Flags | null;
  /** Whether a condition asks for facts of the account. */
  needsFacts(condition: Condition): boolean;
  readonly amount: (amount: Amount) => number;
  /** Close-to-close volatility a year as a ratio; only of documents sized by volatility. */
  volatility(index: number): number;
}

/** A rule ready to be asked. */
interface Ready {
  readonly isTrue: LiveTruth;
  /** Null: its truths are only known one by one. */
  readonly next: NextOne | null;
  readonly reason: RuleReason;
  readonly order: OrderSpec;
}

/** Keeps a taker's fee and a tick inside what the account can pay. */
const FUNDS_MARGIN = 0.995;
const EXIT_PREFIX = 'exit: ';
const BREAK_EVEN = 'break-even';
const TRAILING = 'trailing-stop';

/** What rules do with a position: entries, exits and everything between, one market of a run. */
class MarketTrader {
  readonly #document: StrategyDocument;
  readonly #rules: MarketRules;
  readonly #symbol: string;
  readonly #candleMs: number;
  readonly #entry: Readonly<Record<Direction, Ready | null>>;
  readonly #exit: Readonly<Record<Direction, Ready | null>>;
  /**
   * Whether an order to enter or to leave may be working, or one that protects nothing any more. Orders that protect
   * the position do not count: as long as it stays as it is, they are the broker's business alone.
   */
  #isBusy = false;
  #position = 0;
  /** The candle that {@link nextSignal} named last; −1 when none is ahead. */
  #signalAt = -1;
  #tripsSeen = 0;
  #entryIndex = 0;
  #entries = 0;
  #lastEntryPrice = 0;
  #isBreakEvenSet = false;
  #isTrailSet = false;
  /** Entry rules ask for facts of the account. */
  readonly #entryNeedsFacts: boolean;
  /** Only its rules' conditions move a position: no facts, nothing to be moved or added to, no clock. */
  readonly #isPlain: boolean;
  /** Nor does a price of its orders: nothing at all asks for facts. */
  readonly #isBare: boolean;
  /** An entry has no stop, target or trailing stop of its own. */
  readonly #isUnprotected: boolean;
  // Written anew for each wish.
  readonly #sizing: Reused<SizeContext>;
  readonly #spend: Reused<Extract<Size, { kind: 'spend' }>> = { kind: 'spend', quote: 0 };
  readonly #quantity: Reused<Extract<Size, { kind: 'quantity' }>> = { kind: 'quantity', quantity: 0 };
  readonly #entering: Reused<PlaceIntent>;
  readonly #leaving: Reused<PlaceIntent>;
  readonly #onlyEntering: readonly Intent[];
  readonly #onlyLeaving: readonly Intent[];
  readonly #exitTags = new Map<string, string>();
  readonly #facts = { position: 0, entryPrice: NaN, candlesHeld: NaN, profit: NaN, equity: 0, cash: 0 };

  constructor(input: { document: StrategyDocument; rules: MarketRules; symbol: string }) {
    const { document, rules } = input;
    this.#document = document;
    this.#rules = rules;
    this.#symbol = input.symbol;
    this.#candleMs = widthOf(document.timeframe);
    this.#entryNeedsFacts = [document.entry.long, document.entry.short].some(
      (rule) => rule !== undefined && rules.needsFacts(rule.when),
    );
    const { breakEven, trailingStop, roi, timeStop, pyramiding } = document;
    const exitNeedsFacts = [document.exit.long, document.exit.short].some(
      (rule) => rule !== undefined && rules.needsFacts(rule.when),
    );
    const isManaged = [breakEven, trailingStop?.from, roi, timeStop, pyramiding].some((part) => part !== undefined);
    this.#isPlain = !isManaged && !exitNeedsFacts && !this.#entryNeedsFacts;
    const { entry, exit, stopLoss, takeProfit } = document;
    const isMarketOnly = [entry.long, entry.short, exit.long, exit.short].every(
      (rule) => (rule?.order ?? MARKET).type === 'market',
    );
    this.#isUnprotected = !stopLoss && !takeProfit && !trailingStop;
    this.#isBare = this.#isPlain && isMarketOnly && this.#isUnprotected;
    const { symbol } = input;
    this.#sizing = {
      equity: 0,
      entryPrice: 0,
      stopDistance: NaN,
      volatilityRatio: NaN,
      account: { roundTrips: [] },
      amount: rules.amount,
    };
    this.#entering = { kind: 'place', type: 'market', symbol, side: 'buy', size: this.#spend, tag: '' };
    this.#leaving = { kind: 'place', type: 'market', symbol, side: 'sell', size: WHOLE, tag: '', reduceOnly: true };
    this.#onlyEntering = [this.#entering];
    this.#onlyLeaving = [this.#leaving];
    const ready = (rule: Rule | undefined, fallback: string): Ready | null => {
      if (!rule) return null;
      const flags = rules.flags(rule.when);
      return {
        isTrue: rules.truth(rule.when),
        next: flags && new NextOne(flags),
        reason: reasonOf(rule, (condition) => rules.truth(condition), fallback),
        order: rule.order ?? MARKET,
      };
    };
    this.#entry = { long: ready(document.entry.long, 'long'), short: ready(document.entry.short, 'short') };
    this.#exit = { long: ready(document.exit.long, 'rule'), short: ready(document.exit.short, 'rule') };
  }

  onCandle(context: StrategyContext): readonly Intent[] {
    const { index, position } = context;
    const facts = this.#facts;
    if (index === this.#signalAt && this.#isBare && position === this.#position) {
      // Nothing has happened since it was named, and nothing was on its way then.
      if (position !== 0) return this.#manage(NO_ORDERS, false, context, NO_INTENTS);
      const wanted = this.#wanted(index, facts);
      return wanted === null ? NO_INTENTS : this.#enter(wanted, context, NO_INTENTS);
    }
    this.#rules.append();
    this.#follow(position, index, context);
    if (position === 0 && !this.#isBusy) {
      if (this.#entryNeedsFacts) this.#readAccount(context);
      const wanted = this.#wanted(index, facts);
      if (wanted === null) return NO_INTENTS;
      this.#readAccount(context);
      return this.#enter(wanted, context, NO_INTENTS);
    }
    if (this.#isPlain && !this.#isBusy && this.#mayHold(position, index)) return NO_INTENTS;
    this.#readAccount(context);
    const working = context.workingOrders(this.#symbol);
    if (working.length === 0) {
      this.#isBusy = false;
      if (position === 0) {
        const wanted = this.#wanted(index, facts);
        return wanted === null ? NO_INTENTS : this.#enter(wanted, context, NO_INTENTS);
      }
      if (this.#isPlain && this.#mayHold(position, index)) return NO_INTENTS;
      return this.#manage(working, false, context, NO_INTENTS);
    }
    const intents: Intent[] = [];
    const isWaiting = this.#dropStale(working, context, intents);
    this.#isBusy = isWaiting || intents.length > 0;
    if (position === 0) {
      const wanted = isWaiting ? null : this.#wanted(index, facts);
      return wanted === null ? intents : this.#enter(wanted, context, intents);
    }
    return this.#manage(working, isWaiting, context, intents);
  }

  /** As {@link Strategy.nextSignal}: where rules are columns and nothing else moves a position, their next 1. */
  nextSignal(context: StrategyContext, from: number, to: number): number {
    this.#signalAt = -1;
    if (!this.#isPlain) return from;
    this.#rules.append();
    this.#follow(context.position, from, context);
    if (this.#isBusy && context.workingOrders(this.#symbol).length > 0) return from;
    this.#isBusy = false;
    const { long, short } = this.#entry;
    const exit = this.#position > 0 ? this.#exit.long : this.#position < 0 ? this.#exit.short : null;
    if ((long && !long.next) || (short && !short.next) || (exit && !exit.next)) return from;
    const signal = this.#nextOf(long?.next ?? null, short?.next ?? null, exit?.next ?? null, { from, to });
    if (signal < to) this.#signalAt = signal;
    return signal;
  }

  /** As {@link Strategy.signalPlan}: where a rule to enter long, one to leave and a size by equity are all there is. */
  signalPlan(): SignalPlan | null {
    const { size, cooldown, protections } = this.#document;
    if (!this.#isBare || this.#entry.short || cooldown || protections) return null;
    if (size.kind !== 'equity' && size.kind !== 'quote') return null;
    this.#rules.append();
    const [enter, leave] = [this.#entry.long, this.#exit.long];
    if (!enter?.next || !leave?.next || enter.reason.fixed === null || leave.reason.fixed === null) return null;
    return {
      entries: enter.next,
      exits: leave.next,
      entryTag: enter.reason.fixed,
      exitTag: this.#exitTag(leave.reason.fixed),
      spend: (cash) => {
        this.#sizing.equity = cash;
        return payable(valueOf(size, this.#sizing), cash);
      },
    };
  }

  #nextOf(
    longs: NextOne | null,
    shorts: NextOne | null,
    exits: NextOne | null,
    { from, to }: { from: number; to: number },
  ): number {
    if (this.#position === 0) {
      if (longs && shorts) return nextDifference(longs, shorts, from, to);
      return (longs ?? shorts)?.in(from, to) ?? to;
    }
    const left = exits?.in(from, to) ?? to;
    const against = this.#position > 0 ? shorts : longs;
    return against ? against.in(from, left) : left;
  }

  /** True when no rule says anything against the position: most candles of most trades, so it is asked first. */
  #mayHold(position: number, index: number): boolean {
    const direction: Direction = position > 0 ? 'long' : 'short';
    const facts = this.#facts;
    const exit = position > 0 ? this.#exit.long : this.#exit.short;
    if (exit?.isTrue(index, facts) === true) return false;
    const wanted = this.#wanted(index, facts);
    return wanted === null || wanted === direction;
  }

  /** Notes what became of the position since the last candle. */
  #follow(position: number, index: number, context: StrategyContext): void {
    const before = this.#position;
    const trips = context.tripsEndedIn(this.#symbol);
    const closed = trips !== this.#tripsSeen;
    this.#tripsSeen = trips;
    if (position !== 0 && (before === 0 || closed)) {
      this.#entryIndex = index;
      this.#entries = 1;
      this.#isBreakEvenSet = false;
      this.#isTrailSet = false;
    } else if (Math.abs(position) > Math.abs(before)) this.#entries++;
    if (position !== before || closed) this.#isBusy = true;
    this.#position = position;
  }

  #readAccount(context: StrategyContext): void {
    if (this.#isBare) return;
    const facts = this.#facts;
    const { position, index } = context;
    const close = context.candles.close[index]!;
    facts.position = position;
    facts.equity = context.equity;
    facts.cash = context.cash;
    facts.entryPrice = position === 0 ? NaN : context.entryPriceOf(this.#symbol);
    facts.candlesHeld = position === 0 ? NaN : index - this.#entryIndex + 1;
    facts.profit = position === 0 ? NaN : (close / facts.entryPrice - 1) * Math.sign(position);
  }

  /** Direction of an entry signal; both at once contradict each other and count for none. */
  #wanted(index: number, facts: Facts): Direction | null {
    const long = this.#entry.long?.isTrue(index, facts) ?? false;
    const short = this.#entry.short?.isTrue(index, facts) ?? false;
    return long === short ? null : long ? 'long' : 'short';
  }

  /** Cancels what has outlived its purpose; true while an order to enter or to leave goes on waiting. */
  #dropStale(working: readonly OrderRequest[], { timeMs, position }: StrategyContext, intents: Intent[]): boolean {
    let isWaiting = false;
    for (const order of working) {
      const own = this.#ruleOf(order);
      if (own === null) {
        // Stops and targets of a position that is gone.
        if (position === 0) intents.push({ kind: 'cancel', orderId: order.id });
        continue;
      }
      const candles = own.order.type === 'market' ? Infinity : this.#rules.amount(own.order.expiresAfter ?? 1);
      const isOver = timeMs >= order.createdMs + candles * this.#candleMs;
      const isPointless = position === 0 && order.reduceOnly;
      if (isOver || isPointless) intents.push({ kind: 'cancel', orderId: order.id });
      else isWaiting = true;
    }
    return isWaiting;
  }

  /** The rule an order came from; `null` for a protective order. */
  #ruleOf(order: OrderRequest): Ready | null {
    if (order.parentId !== 0) return null;
    // A rule may be called as they are: its exits are marked, and what enters does not reduce.
    if (order.reduceOnly && (order.tag === BREAK_EVEN || order.tag === TRAILING)) return null;
    const direction: Direction = (order.side === 'buy') === order.reduceOnly ? 'short' : 'long';
    return order.reduceOnly ? (this.#exit[direction] ?? IMMEDIATE) : this.#entry[direction];
  }

  #manage(
    working: readonly OrderRequest[],
    isWaiting: boolean,
    context: StrategyContext,
    before: readonly Intent[],
  ): readonly Intent[] {
    const { index, position } = context;
    const facts = this.#facts;
    const direction: Direction = position > 0 ? 'long' : 'short';
    const isLeaving = working.length > 0 && working.some((order) => order.reduceOnly && this.#ruleOf(order) !== null);
    const wanted = this.#wanted(index, facts);
    let intents = before;
    if (!isLeaving) {
      const { opposite = 'reverse' } = this.#document;
      const isOpposed = wanted !== null && wanted !== direction && opposite !== 'ignore';
      const rule = this.#exit[direction];
      const fired = rule?.isTrue(index, facts) === true ? rule : null;
      const reason = fired ? fired.reason.at(index, facts) : this.#otherReason(isOpposed ? wanted : null);
      if (reason !== null) {
        for (const order of working)
          if (!order.reduceOnly) intents = withOne(intents, { kind: 'cancel', orderId: order.id });
        const leaving = this.#leave(direction, { reason, spec: fired?.order ?? MARKET }, context, intents);
        this.#isBusy = true;
        return isOpposed && opposite === 'reverse' ? this.#enter(wanted, context, leaving) : leaving;
      }
      intents = this.#protect(direction, context, intents);
    }
    if (wanted === direction && !isWaiting && !isLeaving && this.#mayAdd(direction, context))
      return this.#enter(direction, context, intents);
    return intents;
  }

  /** Why the position is left though its rule does not fire; `opposed`: the entry signal against it that counts. */
  #otherReason(opposed: Direction | null): string | null {
    const facts = this.#facts;
    if (opposed !== null) return `${opposed} signal`;
    const { roi, timeStop } = this.#document;
    const { amount } = this.#rules;
    const limit = roi?.filter(({ after }) => facts.candlesHeld >= amount(after)).map(({ ratio }) => amount(ratio));
    if (limit && limit.length > 0 && facts.profit >= Math.min(...limit)) return 'roi';
    return timeStop && facts.candlesHeld >= amount(timeStop.candles) ? 'time-stop' : null;
  }

  /** The wishes and the exit: as its rule says where that fired, else at once. */
  #leave(
    direction: Direction,
    { reason, spec }: { reason: string; spec: OrderSpec },
    context: StrategyContext,
    intents: readonly Intent[],
  ): readonly Intent[] {
    const side = direction === 'long' ? 'sell' : 'buy';
    const order = this.#orderAt(spec, side, context) ?? MARKET;
    const tag = this.#exitTag(reason);
    if (order.type !== 'market') {
      const symbol = this.#symbol;
      return withOne(intents, { kind: 'place', symbol, side, size: WHOLE, tag, reduceOnly: true, ...order });
    }
    this.#leaving.side = side;
    this.#leaving.tag = tag;
    return intents.length === 0 ? this.#onlyLeaving : withOne(intents, this.#leaving);
  }

  #exitTag(reason: string): string {
    let tag = this.#exitTags.get(reason);
    if (tag === undefined) {
      tag = `${EXIT_PREFIX}${reason}`;
      this.#exitTags.set(reason, tag);
    }
    return tag;
  }

  /** Moves the stop to the entry and starts a trailing stop once the position has earned it. */
  #protect(direction: Direction, context: StrategyContext, before: readonly Intent[]): readonly Intent[] {
    const { breakEven, trailingStop } = this.#document;
    const { amount } = this.#rules;
    const facts = this.#facts;
    const { candles, index } = context;
    if (!breakEven && trailingStop?.from === undefined) return before;
    let intents = before;
    const sign = direction === 'long' ? 1 : -1;
    const base = {
      kind: 'place',
      symbol: this.#symbol,
      side: direction === 'long' ? 'sell' : 'buy',
      size: WHOLE,
      reduceOnly: true,
    } as const;
    if (breakEven && !this.#isBreakEvenSet) {
      const best = direction === 'long' ? candles.high[index]! : candles.low[index]!;
      const stopPrice = facts.entryPrice * (1 + sign * amount(breakEven.offset ?? 0));
      const isBehindClose = (candles.close[index]! - stopPrice) * sign > 0;
      if ((best / facts.entryPrice - 1) * sign >= amount(breakEven.at) && isBehindClose) {
        intents = withOne(intents, { ...base, type: 'stop', stopPrice, tag: BREAK_EVEN });
        this.#isBreakEvenSet = true;
        this.#isBusy = true;
      }
    }
    if (trailingStop?.from !== undefined && !this.#isTrailSet && facts.profit >= amount(trailingStop.from)) {
      const trail = trailAt(this.#rules, trailingStop, index);
      if (trail) {
        intents = withOne(intents, { ...base, type: 'trailing-stop', trail, tag: TRAILING });
        this.#isTrailSet = true;
        this.#isBusy = true;
      }
    }
    return intents;
  }

  #mayAdd(direction: Direction, { candles, index }: StrategyContext): boolean {
    const { pyramiding } = this.#document;
    if (!pyramiding || this.#entries >= this.#rules.amount(pyramiding.entriesMax)) return false;
    const moved = (candles.close[index]! / this.#lastEntryPrice - 1) * (direction === 'long' ? 1 : -1);
    const step = this.#rules.amount(pyramiding.step ?? 0);
    return pyramiding.averageDown === true ? moved <= -step : moved >= step;
  }

  #enter(direction: Direction, context: StrategyContext, intents: readonly Intent[]): readonly Intent[] {
    const rules = this.#rules;
    const facts = this.#facts;
    const { index } = context;
    const rule = this.#entry[direction]!;
    const side = direction === 'long' ? 'buy' : 'sell';
    const order = this.#orderAt(rule.order, side, context);
    if (!order) return intents;
    if (this.#isPaused(context)) return intents;
    const { entryPrice, otherPrice } = pricesOf(order, context.candles.close[index]!, side);
    const exits = this.#isUnprotected
      ? NO_EXITS
      : bracketAt(rules, this.#document, { index, facts, direction, entryPrice, otherPrice });
    if (!exits) return intents;
    const sizing = this.#sizing;
    sizing.equity = context.equity;
    sizing.entryPrice = entryPrice;
    sizing.stopDistance = exits.stopDistance;
    sizing.volatilityRatio = this.#document.size.kind === 'volatility' ? rules.volatility(index) : NaN;
    sizing.account = context;
    const size = this.#sizeOf(valueOf(this.#document.size, sizing), entryPrice, side, order.type, context);
    if (!size) return intents;
    const tag = rule.reason.at(index, facts);
    const { bracket } = exits;
    this.#lastEntryPrice = entryPrice;
    this.#isBusy = true;
    if (order.type !== 'market' || bracket) {
      const symbol = this.#symbol;
      return withOne(intents, { kind: 'place', symbol, side, size, tag, ...(bracket ? { bracket } : {}), ...order });
    }
    const entering = this.#entering;
    entering.side = side;
    entering.size = size;
    entering.tag = tag;
    return intents.length === 0 ? this.#onlyEntering : withOne(intents, entering);
  }

  #isPaused(context: StrategyContext): boolean {
    const { cooldown, protections } = this.#document;
    if (!cooldown && !protections) return false;
    const { timeMs, equity, roundTrips } = context;
    const paused = pausedBy(this.#document, {
      symbol: this.#symbol,
      nowMs: timeMs,
      candleMs: this.#candleMs,
      equity,
      roundTrips,
      amount: this.#rules.amount,
    });
    return paused !== null;
  }

  /** A buy whose price is not known beforehand spends; all else is counted in base, with room for the fee. */
  #sizeOf(
    value: number,
    entryPrice: number,
    side: 'buy' | 'sell',
    type: PlaceIntent['type'],
    { buyingPower, position }: StrategyContext,
  ): Size | null {
    // Turning a position sets free what it binds.
    const bound = (side === 'buy') === position < 0 ? Math.abs(position) * entryPrice : 0;
    const quote = payable(value, buyingPower + bound);
    if (quote === 0) return null;
    const isSpent = (type === 'market' || type === 'trailing-stop') && side === 'buy';
    if (this.#document.size.kind === 'quantity' || !isSpent) {
      this.#quantity.quantity = quote / entryPrice;
      return this.#quantity;
    }
    this.#spend.quote = quote;
    return this.#spend;
  }

  /** Type and price of an order; `null` when its price is unknown or no price. */
  #orderAt(spec: OrderSpec, side: 'buy' | 'sell', { candles, index }: StrategyContext): PricedOrder | null {
    if (spec.type === 'market') return MARKET;
    const rules = this.#rules;
    if (spec.type === 'trailing-stop') {
      const trail = trailAt(rules, spec.trail, index);
      return trail ? { type: 'trailing-stop', trail } : null;
    }
    // A limit waits below the market to buy, a stop above it, and the limit behind a stop above that.
    const beyond = side === 'buy' ? 1 : -1;
    const priceAt = (given: Expression | undefined, from: number, ratio: number): number =>
      given === undefined ? from * (1 + ratio) : rules.price(given)(index, this.#facts);
    const offset = rules.amount(spec.offset ?? 0) * (spec.type === 'limit' ? -beyond : beyond);
    const price = priceAt(spec.price, candles.close[index]!, offset);
    if (!isPositive(price)) return null;
    if (spec.type === 'limit') return { type: 'limit', limitPrice: price };
    if (spec.type === 'stop') return { type: 'stop', stopPrice: price };
    const limitPrice = priceAt(spec.limitPrice, price, rules.amount(spec.limitOffset ?? 0) * beyond);
    return isPositive(limitPrice) ? { type: 'stop-limit', stopPrice: price, limitPrice } : null;
  }
}

/** So much of `value` as `power` pays for, quote; 0: nothing, or a value that is unknown. */
function payable(value: number, power: number): number {
  const quote = Math.min(value, Math.max(0, power) * FUNDS_MARGIN);
  return quote > 0 ? quote : 0;
}

/** The wishes and one more. Mostly there are none before: an array of one takes a fraction of one that grows. */
const withOne = (intents: readonly Intent[], intent: Intent): readonly Intent[] =>
  intents.length === 0 ? [intent] : [...intents, intent];

const MARKET: { readonly type: 'market' } = { type: 'market' };
const WHOLE: Size = { kind: 'position' };
const NO_ORDERS: readonly OrderRequest[] = [];
const IMMEDIATE: Ready = {
  isTrue: () => false,
  next: null,
  reason: { fixed: '', at: () => '' },
  order: MARKET,
};

/** Type and prices of an order, the rest left open. */
type PricedOrder =
  | { readonly type: 'market' }
  | { readonly type: 'limit'; readonly limitPrice: number }
  | { readonly type: 'stop'; readonly stopPrice: number }
  | { readonly type: 'stop-limit'; readonly stopPrice: number; readonly limitPrice: number }
  | { readonly type: 'trailing-stop'; readonly trail: Trail };

/**
 * The price that size and exits of an entry are reckoned from, and another one it may fill at. A stop-limit order is
 * reckoned at its limit, the worst it may get; a trailing one at the close, from where it begins.
 */
function pricesOf(
  order: PricedOrder,
  close: number,
  side: 'buy' | 'sell',
): { readonly entryPrice: number; readonly otherPrice: number } {
  switch (order.type) {
    case 'market':
      return { entryPrice: close, otherPrice: close };
    case 'limit':
      return { entryPrice: order.limitPrice, otherPrice: order.limitPrice };
    case 'stop':
      return { entryPrice: order.stopPrice, otherPrice: order.stopPrice };
    case 'stop-limit':
      return { entryPrice: order.limitPrice, otherPrice: order.stopPrice };
    case 'trailing-stop': {
      const { trail } = order;
      const distance = trail.kind === 'ratio' ? close * trail.ratio : trail.distance;
      return { entryPrice: close, otherPrice: close + (side === 'buy' ? distance : -distance) };
    }
  }
}

const MONTH_DAYS = 30;
/** ms; a calendar month counts as 30 days here, where only pauses and expiries are measured by it. */
const widthOf = (timeframe: Timeframe): number =>
  timeframe === '1M' ? MONTH_DAYS * 86_400_000 : timeframeMs(timeframe);

/** A strategy of rules over the markets of a session. */
export class RuleStrategy implements Strategy {
  readonly #traders: readonly (MarketTrader | null)[];

  /** `rulesOf` gives the rules of each traded market. */
  constructor(document: StrategyDocument, symbols: readonly string[], rulesOf: (symbol: string) => MarketRules) {
    this.#traders = symbols.map((symbol) =>
      document.trade && !document.trade.includes(symbol)
        ? null
        : new MarketTrader({ document, rules: rulesOf(symbol), symbol }),
    );
  }

  onCandle(context: StrategyContext): readonly Intent[] {
    return this.#traders[context.market]?.onCandle(context) ?? NO_INTENTS;
  }

  signalPlan(): SignalPlan | null {
    return this.#traders.length === 1 ? (this.#traders[0]?.signalPlan() ?? null) : null;
  }

  nextSignal(context: StrategyContext, from: number, to: number): number {
    const trader = this.#traders[context.market];
    return trader ? trader.nextSignal(context, from, to) : to;
  }
}
