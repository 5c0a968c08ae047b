import { ceilOfProduct } from '../market/exact-integer.js';
import { quantityUnits, UNITS_MAX, type Instrument } from '../market/instrument.js';
import type { Fill, OrderRequest, RefusalReason } from '../messages.js';
import type { Portfolio } from '../portfolio/portfolio.js';
import type { Purses } from '../portfolio/purses.js';

/** What fills of an account cost, and whether it can pay for them: exactly where rounding could decide. */
export class Funds {
  readonly #portfolio: Portfolio;
  readonly #purses: Purses | null;
  readonly #leverage: number;

  /** `purses`: of an account whose strategies have money of their own. */
  constructor(portfolio: Portfolio, leverage: number, purses: Purses | null) {
    this.#portfolio = portfolio;
    this.#leverage = leverage;
    this.#purses = purses;
  }

  /** Units an order of open size would fill at `price`: the whole position, or as many lots as the money buys. */
  quantityAt({ market, wholePosition }: OrderRequest, spendLeftE8: number, price: number): number {
    if (wholePosition) return Math.abs(this.#portfolio.unitsOf(market));
    const instrument = this.#portfolio.instruments[market]!;
    const each = (price / instrument.priceScale) * (1 + instrument.takerFeeE8 / 1e8);
    let units = quantityUnits(instrument, spendLeftE8 / 1e8 / each);
    if (isClearlyEnough(spendLeftE8, instrument, price, units)) return units;
    while (units > 0 && costE8(instrument, price, units) > spendLeftE8) units -= instrument.lotUnits;
    return units;
  }

  /** Why a fill cannot be: beyond counting, or for want of money in the account or in the purse that pays; or `null`. */
  refusalOf({ market, side }: OrderRequest, price: number, units: number): RefusalReason | null {
    if (!this.isCountable(market, price, units)) return 'too-large';
    const purse = this.#purses?.apartOf(market) ?? null;
    const isPayable = purse === null || this.isAffordable(market, side, price, units, purse);
    return isPayable && this.isAffordable(market, side, price, units) ? null : 'insufficient-funds';
  }

  /** True when the sum paid, in 10^-8 quote, and the position it may lead to are exact numbers. */
  isCountable(market: number, price: number, units: number): boolean {
    const { priceScale, quantityScale } = this.#portfolio.instruments[market]!;
    const isSum = price * units * (1e8 / (priceScale * quantityScale)) <= UNITS_MAX;
    return isSum && Math.abs(this.#portfolio.unitsOf(market)) + units <= UNITS_MAX;
  }

  /** Enough equity at this price for the exposure the fill leaves behind; what only reduces is always affordable. */
  isAffordable(
    market: number,
    side: 'buy' | 'sell',
    price: number,
    units: number,
    portfolio = this.#portfolio,
  ): boolean {
    const instrument = this.#portfolio.instruments[market]!;
    const held = portfolio.quantityOf(market);
    const at = price / instrument.priceScale;
    const quantity = units / instrument.quantityScale;
    const after = side === 'buy' ? held + quantity : held - quantity;
    if (Math.abs(after) <= Math.abs(held) && after >= 0 === held >= 0) return true;
    const isPaid = this.#leverage > 1 || after <= 0 || isClearlyEnough(portfolio.cash * 1e8, instrument, price, units);
    if (!isPaid && !portfolio.covers(costE8(instrument, price, units))) return false;
    const cost = (at * quantity * instrument.takerFeeE8) / 1e8;
    const equity = portfolio.equity() + held * (at - portfolio.markOf(market)) - cost;
    const exposure = portfolio.exposure(market) + Math.abs(after) * at;
    return exposure <= equity * this.#leverage * (1 + 1e-9);
  }
}

/** Fee of a fill, 10^-8 quote, rounded up. */
export function feeE8(instrument: Instrument, price: number, units: number, liquidity: Fill['liquidity']): number {
  const { numerator, denominator } = liquidity === 'maker' ? instrument.makerFee : instrument.takerFee;
  return ceilOfProduct({ a: price, b: units, c: numerator }, denominator);
}

/** What taking `units` at `price` costs with its fee, 10^-8 quote. */
function costE8(instrument: Instrument, price: number, units: number): number {
  const scale = instrument.priceScale * instrument.quantityScale;
  return ceilOfProduct({ a: price, b: units, c: 1e8 }, scale) + feeE8(instrument, price, units, 'taker');
}

/**
 * True when so much quote pays for `units` at `price` and the taker's fee however the last digits round: the exact
 * cost, at most 2 × 10^-8 above this product of four float64, need not be looked at.
 */
export function isClearlyEnough(availableE8: number, instrument: Instrument, price: number, units: number): boolean {
  const costE8 = (price / instrument.priceScale) * (units / instrument.quantityScale) * (1e8 + instrument.takerFeeE8);
  return availableE8 - costE8 > 64 + availableE8 * 1e-14;
}
