import { exitsFor, isSoundBracket } from '../execution/bracket.js';
import { blankOrder, makeOrder } from '../execution/make-order.js';
import type { Instrument } from '../market/instrument.js';
import type {
  Bracket,
  BrokerReply,
  CancelReason,
  OrderRecord,
  OrderRequest,
  PlaceIntent,
  RefusalReason,
  Settlement,
} from '../messages.js';
import type { Broker } from '../ports.js';
import type { Portfolio } from '../portfolio/portfolio.js';
import type { Purses } from '../portfolio/purses.js';
import { buyingPower, review, type RiskLimits } from '../risk/review.js';
import type { Journal } from './journal.js';

/** An order the desk looks after, with what belongs to it. */
interface Ticket {
  readonly record: OrderRecord;
  readonly reserveQuote: number;
  readonly bracket: Bracket | null;
  /** Orders of which one fills at the expense of the others; itself among them. */
  group: readonly number[];
}

/**
 * Settles an order at once if it can, as a broker does whose next candle is known; `null`: it has to be submitted.
 * Neither the order nor the settlement may be kept: both are written anew for the next.
 */
export type Settle = (order: OrderRequest) => Settlement | null;

/**
 * Orders from wish to end: rounding, the risk gate, reserved funds, brackets and one-cancels-other. The same for
 * every broker; the paper broker answers within the call, a venue later.
 */
export class OrderDesk {
  readonly #instruments: readonly Instrument[];
  readonly #portfolio: Portfolio;
  readonly #limits: RiskLimits;
  readonly #broker: Broker;
  readonly #journal: Journal;
  /** Of an account whose strategies have money of their own. */
  readonly #purses: Purses | null;
  /** Oldest first. A handful at most times: looking through them is faster than any index. */
  readonly #working: Ticket[] = [];
  /** What is settled at once; reused. */
  readonly #order = blankOrder();
  #nextId = 1;

  constructor(options: {
    portfolio: Portfolio;
    limits: RiskLimits;
    broker: Broker;
    journal: Journal;
    purses?: Purses;
  }) {
    this.#instruments = options.portfolio.instruments;
    this.#portfolio = options.portfolio;
    this.#limits = options.limits;
    this.#broker = options.broker;
    this.#journal = options.journal;
    this.#purses = options.purses ?? null;
  }

  /** Every order ever sent, by id − 1. */
  get records(): readonly OrderRecord[] {
    return this.#journal.orders;
  }

  /** Quote free for new positions. */
  get buyingPower(): number {
    return buyingPower(this.#portfolio, this.#limits, this.#reserved());
  }

  /** The same in one market: no more than its purse holds, nor than the account. */
  buyingPowerIn(market: number): number {
    const purse = this.#purses?.apartOf(market) ?? null;
    if (purse === null) return this.buyingPower;
    return Math.min(this.buyingPower, buyingPower(purse, this.#limits, this.#reserved(purse)));
  }

  /** Ids of working orders of a market, oldest first. */
  workingIn(market: number): number[] {
    const ids: number[] = [];
    for (const { record } of this.#working) if (record.request.market === market) ids.push(record.request.id);
    return ids;
  }

  /** Working orders of a market as they were sent, oldest first. */
  workingRequests(market: number): readonly OrderRequest[] {
    if (this.#working.length === 0) return NO_REQUESTS;
    const requests: OrderRequest[] = [];
    for (const { record } of this.#working) if (record.request.market === market) requests.push(record.request);
    return requests;
  }

  /** True while an order works. */
  get isWorking(): boolean {
    return this.#working.length > 0;
  }

  /** Rounds, reviews and submits, or has it settled: the order's id, or the reason when it does not come to one. */
  place(intent: PlaceIntent, market: number, timeMs: number, settle: Settle | null = null): number | RefusalReason {
    const { bracket = null } = intent;
    if (bracket !== null && !isSoundBracket(bracket)) return 'bad-bracket';
    // What it fills is protected by orders of its own: those need a broker.
    const settleNow = bracket === null ? settle : null;
    const order = settleNow === null ? blankOrder() : this.#order;
    order.id = this.#nextId;
    order.market = market;
    order.createdMs = timeMs;
    const fault = makeOrder(intent, this.#instruments[market]!, order);
    if (fault !== null) return fault;
    const reserveQuote = review(order, this.#portfolio, this.#limits, this.#reserved());
    if (typeof reserveQuote === 'string') return reserveQuote;
    const purse = this.#purses?.apartOf(market) ?? null;
    if (purse !== null) {
      // How many positions there may be is a matter of the account.
      const own = review(order, purse, { ...this.#limits, positionsMax: Infinity }, this.#reserved(purse));
      if (typeof own === 'string') return own;
    }
    this.#nextId++;
    const settled = settleNow === null ? null : settleNow(order);
    if (settled !== null) this.#settled(order, settled);
    else this.#submit(settleNow === null ? order : { ...order }, reserveQuote, bracket);
    return order.id;
  }

  #settled(order: OrderRequest, settlement: Settlement): void {
    if (settlement.fill) this.#portfolio.apply(settlement.fill);
    this.#journal.addSettled(order, settlement.end, settlement.fill);
  }

  /** Notes that so many orders were placed and filled elsewhere. */
  countOrders(count: number): void {
    this.#nextId += count;
  }

  /** Makes orders one-cancels-other. Those already done have taken their share before. */
  group(orderIds: readonly number[]): void {
    for (const id of orderIds) {
      const ticket = this.#find(id);
      if (ticket) ticket.group = orderIds;
    }
  }

  cancel(orderId: number, reason: CancelReason): void {
    const ticket = this.#find(orderId);
    if (!ticket) return;
    ticket.record.reason = reason;
    this.#broker.cancel(orderId);
  }

  /** Takes a broker's answer in, after the portfolio did. */
  take(reply: BrokerReply): void {
    if (reply.kind === 'charge') return;
    const ticket = this.#find(reply.kind === 'fill' ? reply.fill.orderId : reply.orderId);
    if (!ticket) return;
    if (reply.kind === 'fill') {
      this.#filled(ticket, reply);
      return;
    }
    ticket.record.status = reply.kind;
    ticket.record.reason ??= reply.reason;
    this.#forget(ticket);
  }

  #filled(ticket: Ticket, { fill, isLast }: Extract<BrokerReply, { kind: 'fill' }>): void {
    const { record, bracket } = ticket;
    record.filledUnits += fill.quantityUnits;
    if (isLast) {
      record.status = 'filled';
      this.#forget(ticket);
    }
    for (const id of ticket.group) if (id !== fill.orderId) this.#shrink(id, isLast, fill.quantityUnits);
    if (bracket === null) return;
    const groups = exitsFor(bracket, fill, this.#instruments[fill.market]!, () => this.#nextId++);
    for (const { orders } of groups) {
      const ids = orders.map((order) => order.id);
      for (const order of orders) this.#submit(order, 0, null);
      if (ids.length > 1) this.group(ids);
    }
  }

  #shrink(orderId: number, isDone: boolean, units: number): void {
    const ticket = this.#find(orderId);
    if (!ticket) return;
    const { request, filledUnits } = ticket.record;
    if (isDone || request.quantityUnits === 0) {
      this.cancel(orderId, 'oco');
      return;
    }
    ticket.record.reducedUnits += units;
    this.#broker.reduce(orderId, Math.max(0, request.quantityUnits - ticket.record.reducedUnits - filledUnits));
  }

  #find(orderId: number): Ticket | undefined {
    for (let at = this.#working.length - 1; at >= 0; at--)
      if (this.#working[at]!.record.request.id === orderId) return this.#working[at];
    return undefined;
  }

  #forget(ticket: Ticket): void {
    const working = this.#working;
    for (let at = working.indexOf(ticket) + 1; at < working.length; at++) working[at - 1] = working[at]!;
    working.pop();
  }

  #submit(order: OrderRequest, reserveQuote: number, bracket: Bracket | null): void {
    const record: OrderRecord = { request: order, status: 'working', filledUnits: 0, reducedUnits: 0, reason: null };
    this.#journal.addOrder(record);
    this.#working.push({ record, reserveQuote, bracket, group: NO_GROUP });
    this.#broker.submit(order);
  }

  /** Reserved quote of what is left of all working orders, or of those paid out of one purse. */
  #reserved(purse: Portfolio | null = null): number {
    let reserved = 0;
    for (const { record, reserveQuote } of this.#working) {
      if (reserveQuote === 0 || (purse !== null && this.#purses?.of(record.request.market) !== purse)) continue;
      const { quantityUnits } = record.request;
      reserved += quantityUnits === 0 ? reserveQuote : reserveQuote * (1 - record.filledUnits / quantityUnits);
    }
    return reserved;
  }
}

const NO_GROUP: readonly number[] = [];
const NO_REQUESTS: readonly OrderRequest[] = [];
