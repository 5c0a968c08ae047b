import { assert, type CandleColumns } from '@wickworks/core';
import type { BrokerReply, Fill, Refusal, RoundTrip, SessionEvent } from '../messages.js';
import type { Broker } from '../ports.js';
import type { Portfolio } from '../portfolio/portfolio.js';
import type { Purses } from '../portfolio/purses.js';
import type { RiskLimits } from '../risk/review.js';
import { EquityCurve } from './equity-curve.js';
import { Journal } from './journal.js';
import { OrderDesk } from './order-desk.js';
import { Session, type SessionOptions, type WatchedIndicator } from './session.js';

/** One of the strategies, with its own markets. */
export interface SeatOptions extends Pick<SessionOptions, 'warmup' | 'create'> {
  readonly id: string;
  readonly candles: readonly CandleColumns[];
}

interface Place {
  readonly id: string;
  readonly session: Session;
  readonly firstMarket: number;
  readonly roundTrips: RoundTrip[];
}

/**
 * Several strategies on one account. Each is a {@link Session} that sees its own positions, orders and trades; cash,
 * orders, equity and limits are those of the account. The account numbers markets strategy by strategy: each pair of a
 * strategy and a symbol is one. Driven like a session: candles, a broker's replies and the switch of trading.
 */
export class SharedSession {
  readonly portfolio: Portfolio;
  readonly purses: Purses;
  readonly desk: OrderDesk;
  readonly equityCurve = new EquityCurve(0);
  readonly #journal = new Journal();
  readonly #places: readonly Place[];
  /** By market. */
  readonly #placeOf: readonly Place[];
  /** By market: all markets of its symbol, itself among them. */
  readonly #sameSymbol: readonly (readonly number[])[];

  constructor(options: {
    portfolio: Portfolio;
    purses: Purses;
    limits: RiskLimits;
    broker: Broker;
    seats: readonly SeatOptions[];
  }) {
    const { portfolio, purses, seats } = options;
    this.portfolio = portfolio;
    this.purses = purses;
    this.desk = new OrderDesk({ ...options, journal: this.#journal });
    let firstMarket = 0;
    this.#places = seats.map(({ id, candles, warmup, create }) => {
      const roundTrips: RoundTrip[] = [];
      const seat = { desk: this.desk, firstMarket, purse: purses.of(firstMarket), roundTrips };
      const { limits, broker } = options;
      const session = named(id, () => new Session({ portfolio, candles, limits, broker, warmup, create, seat }));
      const place = { id, session, firstMarket, roundTrips };
      firstMarket += candles.length;
      return place;
    });
    this.#placeOf = seats.flatMap(({ candles }, at) => candles.map(() => this.#places[at]!));
    const { instruments } = portfolio;
    assert(this.#placeOf.length === instruments.length, 'each market belongs to a strategy');
    this.#sameSymbol = instruments.map(({ symbol }) =>
      instruments.flatMap((other, market) => (other.symbol === symbol ? [market] : [])),
    );
  }

  /** Every fill, by id − 1. */
  get fills(): readonly Fill[] {
    return this.#journal.fills;
  }

  /** Indicators of all strategies, by market of the account. */
  get watched(): readonly WatchedIndicator[] {
    return this.#places.flatMap(({ session, firstMarket }) =>
      session.watched.map((indicator) => ({ ...indicator, market: firstMarket + indicator.market })),
    );
  }

  /** What never became an order, by strategy. */
  get refusals(): readonly { readonly strategyId: string; readonly refusal: Refusal }[] {
    return this.#places
      .flatMap(({ id, session }) => session.refusals.map((refusal) => ({ strategyId: id, refusal })))
      .sort((a, b) => a.refusal.timeMs - b.refusal.timeMs);
  }

  /** The strategy that trades a market of the account. */
  strategyOf(market: number): string {
    return this.#placeOf[market]!.id;
  }

  /** Markets of the same symbol, this one among them. */
  sameSymbol(market: number): readonly number[] {
    return this.#sameSymbol[market]!;
  }

  /** Notes the newest price of a symbol, for whoever holds it. */
  mark(market: number, price: number): void {
    for (const same of this.#sameSymbol[market]!) {
      this.portfolio.mark(same, price);
      this.purses.apartOf(same)?.mark(same, price);
    }
  }

  /** Takes one event in, as {@link Session.step}; of a candle, whose close has been marked before. */
  step(event: SessionEvent): void {
    if (event.kind === 'candle') {
      const { id, session, firstMarket } = this.#placeOf[event.market]!;
      this.equityCurve.note(event.closeMs, this.portfolio.equity());
      named(id, () => {
        session.decide(event.market - firstMarket, event.index, event.closeMs);
      });
    } else if (event.kind === 'trading') for (const { session } of this.#places) session.step(event);
    else this.#reply(event);
  }

  #reply(reply: BrokerReply): void {
    if (reply.kind === 'fill') {
      const { fill } = reply;
      const tripsBefore = this.portfolio.roundTrips.length;
      this.#journal.addFill(fill);
      this.portfolio.apply(fill);
      this.purses.apartOf(fill.market)?.apply(fill);
      const { roundTrips } = this.#placeOf[fill.market]!;
      roundTrips.push(...this.portfolio.roundTrips.slice(tripsBefore));
    } else if (reply.kind === 'charge') {
      this.portfolio.charge(reply.market, reply.amountE8);
      this.purses.apartOf(reply.market)?.charge(reply.market, reply.amountE8);
    }
    this.desk.take(reply);
  }
}

/** What a strategy throws says which one it was. */
function named<T>(id: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error) error.message = `${id}: ${error.message}`;
    throw error;
  }
}
