import type { CandleColumns } from '@wickworks/core';
import { blankFill, blankOrder, isPositive } from '../execution/make-order.js';
import { priceOf, priceUnits, quantityUnits, UNITS_MAX, type Instrument } from '../market/instrument.js';
import type { OrderEnd } from '../messages.js';
import { feeE8, isClearlyEnough } from '../paper/funds.js';
import { fillEquity, type Portfolio } from '../portfolio/portfolio.js';
import { blankTrip } from '../portfolio/trip-log.js';
import { isBelowMinNotional } from '../risk/review.js';
import type { EquityCurve } from './equity-curve.js';
import type { Journal } from './journal.js';
import type { OrderDesk } from './order-desk.js';
import type { SignalPlan } from './strategy.js';

/** A broker at which market orders fill whole at the next open. */
export interface OpenVenue {
  /** Null while it has more to say about orders of the only market. */
  readonly latencyMs: number | null;
  /** Notes that so many fills were counted elsewhere; returns the id of the first. */
  countFills(count: number): number;
}

const FILLED: OrderEnd = { status: 'filled', reason: null };

/**
 * Whole round trips of an account with one market and a strategy of signals alone: from an entry to the next exit,
 * by orders that fill at the next open, exactly as desk, broker and portfolio make of them one by one, in a fraction of
 * the time. Whatever is not plain about a trip (an open off the tick, a candle that comes too late, money that is just
 * or just not enough) is left to them. Held to that by `signal-trips.property.test.ts`.
 */
export class SignalTrips {
  readonly #instrument: Instrument;
  readonly #portfolio: Portfolio;
  readonly #curve: EquityCurve;
  readonly #journal: Journal;
  readonly #desk: OrderDesk;
  readonly #candles: CandleColumns;
  // Written anew for each order and trip.
  readonly #buy = blankOrder();
  readonly #sell = blankOrder();
  readonly #fill = blankFill();
  readonly #fillIds = [0, 0];
  readonly #trip = blankTrip(0, this.#fillIds);

  constructor(parts: {
    portfolio: Portfolio;
    curve: EquityCurve;
    journal: Journal;
    desk: OrderDesk;
    candles: CandleColumns;
  }) {
    this.#instrument = parts.portfolio.instruments[0]!;
    this.#portfolio = parts.portfolio;
    this.#curve = parts.curve;
    this.#journal = parts.journal;
    this.#desk = parts.desk;
    this.#candles = parts.candles;
    this.#sell.side = 'sell';
    this.#sell.wholePosition = true;
    this.#sell.reduceOnly = true;
    this.#trip.fillCount = 2;
  }

  /**
   * Makes the trips that begin and end with signals of candles `[from, to)`, `widthMs` wide, of an account that is
   * flat and waits for nothing, and whose equity is noted before `passed`. Returns the candle behind the last exit's
   * signal, up to which equity is noted then; `from` when there is no such trip.
   */
  run(
    plan: SignalPlan,
    { passed, from, to, widthMs }: { passed: number; from: number; to: number; widthMs: number },
    venue: OpenVenue,
  ): number {
    const { latencyMs } = venue;
    const cashUnits = this.#portfolio.smallCash;
    if (latencyMs === null || cashUnits === null) return from;
    const instrument = this.#instrument;
    const { priceScale, quantityScale } = instrument;
    const scale = priceScale * quantityScale;
    const { cashScale, priceFactor, e8Factor } = this.#portfolio.ledger;
    const { time, open, close } = this.#candles;
    const { entries, exits } = plan;
    const [buy, sell, fill, trip] = [this.#buy, this.#sell, this.#fill, this.#trip];
    buy.tag = trip.entryTag = plan.entryTag;
    sell.tag = trip.exitTag = plan.exitTag;
    const shift = this.#curve.reserve(to - passed) - passed;
    const equity = this.#curve.buffer;
    let cash = cashUnits;
    let cashQuote = cash / cashScale;
    let feesE8 = 0;
    let trips = 0;
    let done = from;
    let noted = passed;
    let fillId = venue.countFills(0);
    for (;;) {
      const entry = entries.in(done, to);
      const exit = entry + 1 < to ? exits.in(entry + 1, to) : to;
      if (exit + 1 >= to) break;
      // The wish, as it is made, reviewed and filled.
      const bought = entry + 1;
      const createdMs = time[entry]! + widthMs;
      if (createdMs + latencyMs > time[bought]!) break;
      const quote = plan.spend(cashQuote);
      if (!isPositive(quote) || quote * 1e8 > UNITS_MAX) break;
      const spendE8 = Math.floor(quote * 1e8);
      buy.spendE8 = spendE8;
      if (spendE8 === 0 || isBelowMinNotional(buy, instrument, close[entry]!)) break;
      if (spendE8 / 1e8 > cashQuote) break;
      const price = priceUnits(instrument, open[bought]!, 'nearest');
      if (priceOf(instrument, price) !== open[bought]!) break;
      const each = (price / priceScale) * (1 + instrument.takerFeeE8 / 1e8);
      const units = quantityUnits(instrument, spendE8 / 1e8 / each);
      const entered = price * units;
      const paid = entered * priceFactor;
      if (units === 0 || units > UNITS_MAX || paid > UNITS_MAX || entered * (1e8 / scale) > UNITS_MAX) break;
      if (!isClearlyEnough(spendE8, instrument, price, units)) break;
      if (!isClearlyEnough(cashQuote * 1e8, instrument, price, units)) break;
      const entryFeeE8 = feeE8(instrument, price, units, 'taker');
      const heldCash = cash - paid - entryFeeE8 * e8Factor;
      // The way out, all of it.
      const sold = exit + 1;
      const soldCreatedMs = time[exit]! + widthMs;
      if (soldCreatedMs + latencyMs > time[sold]!) break;
      const exitPrice = priceUnits(instrument, open[sold]!, 'nearest');
      if (priceOf(instrument, exitPrice) !== open[sold]!) break;
      const left = exitPrice * units;
      if (left * priceFactor > UNITS_MAX) break;
      const exitFeeE8 = feeE8(instrument, exitPrice, units, 'taker');
      // The fee first: what is received could lift the sum beyond what is exact for a moment.
      const endCash = heldCash - exitFeeE8 * e8Factor + left * priceFactor;
      if (!(heldCash >= 0 && endCash >= 0 && endCash <= UNITS_MAX)) break;
      // Nothing stands in its way: it happens.
      const quantity = units / quantityScale;
      fillEquity(equity, shift, close, { from: noted, to: bought }, { cash: cashQuote, quantity: 0 });
      fillEquity(equity, shift, close, { from: bought, to: sold }, { cash: heldCash / cashScale, quantity });
      fill.quantityUnits = units;
      buy.createdMs = createdMs;
      fill.priceUnits = price;
      fill.feeE8 = entryFeeE8;
      fill.timeMs = time[bought]!;
      fill.candleIndex = bought;
      this.#journal.addSettled(buy, FILLED, fill);
      sell.createdMs = soldCreatedMs;
      fill.priceUnits = exitPrice;
      fill.feeE8 = exitFeeE8;
      fill.timeMs = time[sold]!;
      fill.candleIndex = sold;
      this.#journal.addSettled(sell, FILLED, fill);
      const pnl = (left - entered) / scale - (entryFeeE8 + exitFeeE8) / 1e8;
      trip.entryTimeMs = time[bought]!;
      trip.exitTimeMs = time[sold]!;
      trip.entryIndex = bought;
      trip.exitIndex = sold;
      trip.quantity = quantity;
      trip.entryPrice = entered / units / priceScale;
      trip.exitPrice = left / units / priceScale;
      trip.pnl = pnl;
      trip.returnRatio = pnl / (entered / scale);
      trip.fees = (entryFeeE8 + exitFeeE8) / 1e8;
      this.#fillIds[0] = fillId++;
      this.#fillIds[1] = fillId++;
      this.#portfolio.addTrip(trip);
      cash = endCash;
      cashQuote = cash / cashScale;
      feesE8 += entryFeeE8 + exitFeeE8;
      trips++;
      done = sold;
      noted = sold;
    }
    if (trips === 0) return from;
    this.#curve.extend(this.#candles, passed, noted, widthMs);
    this.#portfolio.settleTrips(cash, feesE8);
    this.#desk.countOrders(2 * trips);
    venue.countFills(2 * trips);
    return done;
  }
}
