import { assert } from '@wickworks/core';
import type { Fill, OpenRoundTrip, RoundTrip } from '../messages.js';
import { ExactInteger } from '../market/exact-integer.js';
import { quantityOf, type Instrument } from '../market/instrument.js';
import type { ColumnSource } from '../market/run-memory.js';
import { OpenTrip } from './open-trip.js';
import { TripLog, type FinishedTrip } from './trip-log.js';

/** Candles from which on filling a column is faster than writing each value. */
const LONG_STRETCH = 256;
/** Decimals of fees, charges and deposits. */
const FEE_DECIMALS = 8;

/**
 * Cash, positions and finished round trips of one account in one quote currency: a fold over fills and charges.
 * Cash and quantities are exact; marks and equity are float64. Leverage is no part of it: a position bought with
 * borrowed money is simply negative cash.
 */
export class Portfolio {
  readonly instruments: readonly Instrument[];
  /** Signed base units held, per market. */
  readonly #units: Float64Array;
  /** The same as base quantities. */
  readonly #quantities: Float64Array;
  /** Last known price per market, quote. */
  readonly #marks: Float64Array;
  readonly #trips: readonly OpenTrip[];
  readonly #log: TripLog;
  /** Ledger units of price units × quantity units, per market. */
  readonly #factors: readonly number[];
  readonly #cash = new ExactInteger();
  readonly #cashScale: number;
  readonly #e8Factor: number;
  #cashQuote = 0;
  #feesE8 = 0;
  #carryE8 = 0;
  #openPositions = 0;

  /** `cashE8`: the deposit in 10^-8 quote. */
  constructor(instruments: readonly Instrument[], cashE8: number, memory?: ColumnSource) {
    assert(Number.isSafeInteger(cashE8) && cashE8 >= 0, 'the deposit is a whole number of 10^-8 quote');
    const decimals = Math.max(FEE_DECIMALS, ...instruments.map((i) => i.priceDecimals + i.quantityDecimals));
    this.instruments = instruments;
    this.#units = new Float64Array(instruments.length);
    this.#quantities = new Float64Array(instruments.length);
    this.#marks = new Float64Array(instruments.length);
    this.#trips = instruments.map((instrument, market) => new OpenTrip(instrument, market));
    this.#log = new TripLog(
      instruments.map(({ symbol }) => symbol),
      memory,
    );
    this.#factors = instruments.map((i) => 10 ** (decimals - i.priceDecimals - i.quantityDecimals));
    this.#cashScale = 10 ** decimals;
    this.#e8Factor = 10 ** (decimals - FEE_DECIMALS);
    this.#cash.addProduct(cashE8, this.#e8Factor);
    this.#cashQuote = this.#cash.toNumber() / this.#cashScale;
  }

  /** Quote; the exact sum rounded once. Negative while money is borrowed. */
  get cash(): number {
    return this.#cashQuote;
  }

  /** The exact cash as an integer of `10^-scale` quote. */
  get exactCash(): { readonly units: bigint; readonly scale: number } {
    return { units: this.#cash.toBigInt(), scale: Math.round(Math.log10(this.#cashScale)) };
  }

  /** True when the exact cash covers `amountE8` (10^-8 quote). */
  covers(amountE8: number): boolean {
    const spare = this.#cashQuote * 1e8 - amountE8;
    if (Math.abs(spare) > 16) return spare > 0;
    return this.#cash.toBigInt() >= BigInt(amountE8) * BigInt(this.#e8Factor);
  }

  /** Fees paid so far, quote. */
  get fees(): number {
    return this.#feesE8 / 1e8;
  }

  /** Funding and borrowing paid (positive) or received so far, quote. */
  get carry(): number {
    return this.#carryE8 / 1e8;
  }

  /** Markets with a position. */
  get openPositions(): number {
    return this.#openPositions;
  }

  /** Signed base units held. */
  unitsOf(market: number): number {
    return this.#units[market]!;
  }

  /** Signed base quantity held. */
  quantityOf(market: number): number {
    return this.#quantities[market]!;
  }

  /** Last price the market was marked at, quote; 0 before any. */
  markOf(market: number): number {
    return this.#marks[market]!;
  }

  /** Quantity-weighted entry price of the open position, quote; NaN while flat. */
  entryPriceOf(market: number): number {
    return this.#units[market] === 0 ? NaN : this.#trips[market]!.entryPrice;
  }

  /** Finished trips in the order of their exits. */
  get roundTrips(): readonly RoundTrip[] {
    return this.#log.trips;
  }

  /** Number of finished trips of a market. */
  tripsEndedIn(market: number): number {
    return this.#log.countOf(market);
  }

  /** Trips still open, by market, at the marks. */
  openTrips(): OpenRoundTrip[] {
    return this.#trips.flatMap((trip, market) => trip.openAt(this.#marks[market]!) ?? []);
  }

  mark(market: number, price: number): void {
    this.#marks[market] = price;
  }

  /** Cash plus positions at their marks, quote. */
  equity(): number {
    if (this.#openPositions === 0) return this.#cashQuote;
    let equity = this.#cashQuote;
    for (let market = 0; market < this.#marks.length; market++)
      equity += this.#quantities[market]! * this.#marks[market]!;
    return equity;
  }

  /**
   * Equity at each of `prices[from..to)` of the only market, into `out` from `at` on; the market stays marked at the
   * last one.
   */
  equityAt(
    prices: Float64Array,
    range: { readonly from: number; readonly to: number },
    out: Float64Array,
    at: number,
  ): void {
    assert(this.#marks.length === 1, 'one price decides the equity of an account with one market');
    const { from, to } = range;
    if (from >= to) return;
    fillEquity(out, at - from, prices, range, { cash: this.#cashQuote, quantity: this.#quantities[0]! });
    this.#marks[0] = prices[to - 1]!;
  }

  /** Σ |position| at the marks, quote, without market `except` (−1: all). */
  exposure(except = -1): number {
    let exposure = 0;
    for (let market = 0; market < this.#marks.length; market++)
      if (market !== except) exposure += Math.abs(this.#quantities[market]!) * this.#marks[market]!;
    return exposure;
  }

  /** What the ledger counts in: cash by quote, and by price units × quantity units of the first market and by 10^-8 quote. */
  get ledger(): { readonly cashScale: number; readonly priceFactor: number; readonly e8Factor: number } {
    return { cashScale: this.#cashScale, priceFactor: this.#factors[0]!, e8Factor: this.#e8Factor };
  }

  /** The exact cash in units of the ledger; null when it is no safe integer. */
  get smallCash(): number | null {
    return this.#cash.toSafe();
  }

  /** Notes a trip that was made elsewhere, of an account flat before and after; the object is not kept. */
  addTrip(trip: FinishedTrip): void {
    this.#log.add(trip);
  }

  /** What such trips left: exact cash in units of the ledger, and the fees they paid, 10^-8 quote. */
  settleTrips(cash: number, feesE8: number): void {
    this.#cash.set(cash);
    this.#cashQuote = cash / this.#cashScale;
    this.#feesE8 += feesE8;
  }

  apply(fill: Fill): void {
    const { market, priceUnits, quantityUnits } = fill;
    assert(quantityUnits > 0 && priceUnits > 0, 'a fill has a quantity and a price');
    const before = this.#units[market]!;
    const signed = fill.side === 'buy' ? quantityUnits : -quantityUnits;
    const after = before + signed;
    assert(Number.isSafeInteger(after), 'a position fits a safe integer');
    this.#cash.addProduct3(priceUnits, -signed, this.#factors[market]!);
    this.#cash.addProduct(-fill.feeE8, this.#e8Factor);
    this.#cashQuote = this.#cash.toNumber() / this.#cashScale;
    this.#feesE8 += fill.feeE8;
    this.#units[market] = after;
    this.#quantities[market] = quantityOf(this.instruments[market]!, after);
    this.#openPositions += Number(after !== 0) - Number(before !== 0);
    this.#follow(fill, before, after);
  }

  /** Funding or borrowing of one market in 10^-8 quote; positive is paid. */
  charge(market: number, amountE8: number): void {
    this.#cash.addProduct(-amountE8, this.#e8Factor);
    this.#cashQuote = this.#cash.toNumber() / this.#cashScale;
    this.#carryE8 += amountE8;
    this.#trips[market]!.charge(amountE8);
  }

  #follow(fill: Fill, before: number, after: number): void {
    const trip = this.#trips[fill.market]!;
    const { quantityUnits, feeE8 } = fill;
    if (before === 0 || before > 0 === (fill.side === 'buy')) {
      trip.enter(fill, quantityUnits, feeE8);
      return;
    }
    const closing = Math.min(Math.abs(before), quantityUnits);
    const closingFeeE8 = closing === quantityUnits ? feeE8 : Math.floor(feeE8 * (closing / quantityUnits));
    trip.leave(fill, closing, closingFeeE8);
    if (after !== 0 && after > 0 === before > 0) return;
    trip.finish(fill, this.#log);
    if (after !== 0) trip.enter(fill, quantityUnits - closing, feeE8 - closingFeeE8);
  }
}

/** Equity (quote) at `prices[from..to)` of an account with one market, each `shift` behind its price in `out`. */
export function fillEquity(
  out: Float64Array,
  shift: number,
  prices: Float64Array,
  { from, to }: { readonly from: number; readonly to: number },
  { cash, quantity }: { readonly cash: number; readonly quantity: number },
): void {
  if (quantity !== 0) for (let i = from; i < to; i++) out[i + shift] = cash + quantity * prices[i]!;
  // Calling out of the loop is worth it only for long stretches.
  else if (to - from > LONG_STRETCH) out.fill(cash, from + shift, to + shift);
  else for (let i = from; i < to; i++) out[i + shift] = cash;
}
