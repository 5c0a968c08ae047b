import type { Direction } from '@wickworks/core';
import type { Fill, OpenRoundTrip, Reused } from '../messages.js';
import { ExactInteger } from '../market/exact-integer.js';
import { priceOf, quantityOf, type Instrument } from '../market/instrument.js';
import { blankTrip, type FinishedTrip, type TripLog } from './trip-log.js';

/** 10^-8 quote to quote. */
const E8 = 1e8;

/**
 * The round trip under way in one market; reused for the next one, so that a fill allocates little. When one fill closes
 * a position and opens its opposite, each side gets its share: `units` of it and their `feeE8`.
 */
export class OpenTrip {
  readonly #instrument: Instrument;
  /** Notional of entries and exits, in price units × quantity units. */
  readonly #entered = new ExactInteger();
  readonly #left = new ExactInteger();
  /** Left less entered, summed exactly: profit is small beside the two. */
  readonly #gross = new ExactInteger();
  #enteredUnits = 0;
  #leftUnits = 0;
  #feesE8 = 0;
  #carryE8 = 0;
  #isOpen = false;
  // Of the first fill, which is not kept: it may be written anew for the next order.
  #direction: Direction = 'long';
  #entryTimeMs = 0;
  #entryIndex = 0;
  #entryTag = '';
  /** Only the first `#fillCount` are of this trip: emptying the list would cost its memory. */
  readonly #fillIds: number[] = [];
  #fillCount = 0;
  /** What is finished, as the log takes it; reused. */
  readonly #finished: Reused<FinishedTrip>;

  constructor(instrument: Instrument, market: number) {
    this.#instrument = instrument;
    this.#finished = blankTrip(market, this.#fillIds);
  }

  /** Quantity-weighted entry price in quote; NaN while flat. */
  get entryPrice(): number {
    return this.#entered.toNumber() / this.#enteredUnits / this.#instrument.priceScale;
  }

  enter(fill: Fill, units: number, feeE8: number): void {
    if (!this.#isOpen) this.#begin(fill);
    this.#entered.addProduct(fill.priceUnits, units);
    this.#gross.addProduct(fill.priceUnits, -units);
    this.#enteredUnits += units;
    this.#note(fill, feeE8);
  }

  leave(fill: Fill, units: number, feeE8: number): void {
    this.#left.addProduct(fill.priceUnits, units);
    this.#gross.addProduct(fill.priceUnits, units);
    this.#leftUnits += units;
    this.#note(fill, feeE8);
  }

  /** Funding or borrowing; positive is paid. */
  charge(amountE8: number): void {
    this.#carryE8 += amountE8;
  }

  /** Notes the finished trip in `log`; `last` is the fill that made the position flat. Ready for the next one then. */
  finish(last: Fill, log: TripLog): void {
    if (!this.#isOpen) return;
    const finished = this.#finished;
    const pnl = this.#pnl(this.#gross.toNumber());
    finished.direction = this.#direction;
    finished.entryTimeMs = this.#entryTimeMs;
    finished.exitTimeMs = last.timeMs;
    finished.entryIndex = this.#entryIndex;
    finished.exitIndex = last.candleIndex;
    finished.quantity = quantityOf(this.#instrument, this.#enteredUnits);
    finished.entryPrice = this.entryPrice;
    finished.exitPrice = priceOf(this.#instrument, this.#left.toNumber() / this.#leftUnits);
    finished.pnl = pnl;
    finished.returnRatio = pnl / this.#notional;
    finished.fees = this.#feesE8 / E8;
    finished.carry = this.#carryE8 / E8;
    finished.fillCount = this.#fillCount;
    finished.entryTag = this.#entryTag;
    finished.exitTag = last.tag;
    log.add(finished);
    this.#reset();
  }

  /** The trip under way, what is still held valued at `mark` (quote); null while flat. */
  openAt(mark: number): OpenRoundTrip | null {
    if (!this.#isOpen) return null;
    const held = this.#enteredUnits - this.#leftUnits;
    const pnl = this.#pnl(this.#gross.toNumber() + held * mark * this.#instrument.priceScale);
    return {
      symbol: this.#instrument.symbol,
      market: this.#finished.market,
      direction: this.#direction,
      entryTimeMs: this.#entryTimeMs,
      entryIndex: this.#entryIndex,
      quantity: quantityOf(this.#instrument, this.#enteredUnits),
      entryPrice: this.entryPrice,
      pnl,
      returnRatio: pnl / this.#notional,
      fees: this.#feesE8 / E8,
      carry: this.#carryE8 / E8,
      fillIds: this.#fillIds.slice(0, this.#fillCount),
      entryTag: this.#entryTag,
    };
  }

  /** Quote entered in all. */
  get #notional(): number {
    return this.#entered.toNumber() / (this.#instrument.priceScale * this.#instrument.quantityScale);
  }

  /** Quote won after costs; `gross`: what was left less what was entered, in price units × quantity units. */
  #pnl(gross: number): number {
    const scale = this.#instrument.priceScale * this.#instrument.quantityScale;
    return (this.#direction === 'long' ? gross : -gross) / scale - (this.#feesE8 + this.#carryE8) / E8;
  }

  #begin({ side, timeMs, candleIndex, tag }: Fill): void {
    this.#isOpen = true;
    this.#direction = side === 'buy' ? 'long' : 'short';
    this.#entryTimeMs = timeMs;
    this.#entryIndex = candleIndex;
    this.#entryTag = tag;
  }

  #note(fill: Fill, feeE8: number): void {
    this.#feesE8 += feeE8;
    if (this.#fillCount < this.#fillIds.length) this.#fillIds[this.#fillCount] = fill.id;
    else this.#fillIds.push(fill.id);
    this.#fillCount++;
  }

  #reset(): void {
    this.#entered.clear();
    this.#left.clear();
    this.#gross.clear();
    this.#enteredUnits = 0;
    this.#leftUnits = 0;
    this.#feesE8 = 0;
    this.#carryE8 = 0;
    this.#isOpen = false;
    this.#fillCount = 0;
  }
}
