import type { Direction } from '@wickworks/core';
import type { Fill, OpenRoundTrip } from '../messages.js';
import { ExactInteger } from '../market/exact-integer.js';
import { priceOf, quantityOf, type Instrument } from '../market/instrument.js';
import type { TripLog } from './trip-log.js';

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
  #first: Fill | null = null;
  readonly #fillIds: number[] = [];

  constructor(instrument: Instrument) {
    this.#instrument = instrument;
  }

  /** Quantity-weighted entry price in quote; NaN while flat. */
  get entryPrice(): number {
    return this.#entered.toNumber() / this.#enteredUnits / this.#instrument.priceScale;
  }

  enter(fill: Fill, units: number, feeE8: number): void {
    this.#first ??= fill;
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
    const first = this.#first;
    if (first === null) return;
    const pnl = this.#pnl(this.#gross.toNumber(), first);
    log.add({
      market: first.market,
      direction: directionOf(first),
      entryTimeMs: first.timeMs,
      exitTimeMs: last.timeMs,
      entryIndex: first.candleIndex,
      exitIndex: last.candleIndex,
      quantity: quantityOf(this.#instrument, this.#enteredUnits),
      entryPrice: this.entryPrice,
      exitPrice: priceOf(this.#instrument, this.#left.toNumber() / this.#leftUnits),
      pnl,
      returnRatio: pnl / this.#notional,
      fees: this.#feesE8 / E8,
      carry: this.#carryE8 / E8,
      fillIds: this.#fillIds,
      entryTag: first.tag,
      exitTag: last.tag,
    });
    this.#reset();
  }

  /** The trip under way, what is still held valued at `mark` (quote); null while flat. */
  openAt(mark: number): OpenRoundTrip | null {
    const first = this.#first;
    if (first === null) return null;
    const held = this.#enteredUnits - this.#leftUnits;
    const pnl = this.#pnl(this.#gross.toNumber() + held * mark * this.#instrument.priceScale, first);
    return {
      symbol: this.#instrument.symbol,
      market: first.market,
      direction: directionOf(first),
      entryTimeMs: first.timeMs,
      entryIndex: first.candleIndex,
      quantity: quantityOf(this.#instrument, this.#enteredUnits),
      entryPrice: this.entryPrice,
      pnl,
      returnRatio: pnl / this.#notional,
      fees: this.#feesE8 / E8,
      carry: this.#carryE8 / E8,
      fillIds: [...this.#fillIds],
      entryTag: first.tag,
    };
  }

  /** Quote entered in all. */
  get #notional(): number {
    return this.#entered.toNumber() / (this.#instrument.priceScale * this.#instrument.quantityScale);
  }

  /** Quote won after costs; `gross`: what was left less what was entered, in price units × quantity units. */
  #pnl(gross: number, first: Fill): number {
    const scale = this.#instrument.priceScale * this.#instrument.quantityScale;
    return (first.side === 'buy' ? gross : -gross) / scale - (this.#feesE8 + this.#carryE8) / E8;
  }

  #note(fill: Fill, feeE8: number): void {
    this.#feesE8 += feeE8;
    this.#fillIds.push(fill.id);
  }

  #reset(): void {
    this.#entered.clear();
    this.#left.clear();
    this.#gross.clear();
    this.#enteredUnits = 0;
    this.#leftUnits = 0;
    this.#feesE8 = 0;
    this.#carryE8 = 0;
    this.#first = null;
    while (this.#fillIds.length > 0) this.#fillIds.pop();
  }
}

const directionOf = (first: Fill): Direction => (first.side === 'buy' ? 'long' : 'short');
