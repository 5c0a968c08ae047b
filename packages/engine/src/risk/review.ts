import { err, ok, type Result } from '@wickworks/core';
import type { Instrument } from '../market/instrument.js';
import type { OrderRequest, RefusalReason } from '../messages.js';
import type { Portfolio } from '../portfolio/portfolio.js';

/** What an account may do. */
export interface RiskLimits {
  /** Exposure over equity; 1 is spot without credit. */
  readonly leverage: number;
  readonly shorting: boolean;
  /** Markets that may hold a position at once. */
  readonly positionsMax: number;
}

/** An order that passed the gate; only this reaches a broker. `reserveQuote` stays blocked while it works. */
export interface Approved {
  readonly order: OrderRequest;
  readonly reserveQuote: number;
}

export interface ReviewContext {
  readonly instrument: Instrument;
  readonly portfolio: Portfolio;
  readonly limits: RiskLimits;
  /** Quote that other working orders have reserved. */
  readonly reservedQuote: number;
}

/** Quote free for new positions: equity times leverage, less exposure and what working orders have reserved. */
export function buyingPower(portfolio: Portfolio, limits: RiskLimits, reservedQuote: number): number {
  const free = portfolio.equity() * limits.leverage - portfolio.exposure();
  return Math.max(0, free - reservedQuote);
}

/**
 * The gate before the broker. Orders that can only reduce pass; one that adds exposure needs its notional and fee,
 * at its own price or the last mark, from the funds that are free. Funds are checked again as it fills.
 */
export function review(order: OrderRequest, context: ReviewContext): Result<Approved, RefusalReason> {
  const { instrument, portfolio, limits } = context;
  const held = portfolio.unitsOf(order.market);
  if (order.reduceOnly) return ok({ order, reserveQuote: 0 });
  const adds = order.side === 'buy' ? held >= 0 : held <= 0;
  const opening = adds ? order.quantityUnits : Math.max(0, order.quantityUnits - Math.abs(held));
  const turns = !adds && (opening > 0 || order.spendE8 > 0);
  if (!limits.shorting && order.side === 'sell' && (adds || turns)) return err('shorting-off');
  // By the time it fills another order may have sold: on a spot account no sell ever goes below nothing.
  if (!limits.shorting && order.side === 'sell') return ok({ order: { ...order, reduceOnly: true }, reserveQuote: 0 });
  if (held === 0 && portfolio.openPositions >= limits.positionsMax) return err('position-limit');
  const priceUnits = order.limitUnits || order.stopUnits;
  const price = priceUnits > 0 ? priceUnits / instrument.priceScale : portfolio.markOf(order.market);
  const notional = (order.quantityUnits / instrument.quantityScale) * price;
  if (order.quantityUnits > 0 && notional < instrument.rules.minNotional) return err('below-min-notional');
  const feeRatio = instrument.takerFeeE8 / 1e8;
  const reserveQuote =
    order.spendE8 > 0 ? order.spendE8 / 1e8 : (opening / instrument.quantityScale) * price * (1 + feeRatio);
  // Turning a position frees its exposure first.
  const freed = turns ? Math.abs(portfolio.quantityOf(order.market)) * portfolio.markOf(order.market) : 0;
  const power = buyingPower(portfolio, limits, context.reservedQuote) + freed;
  // One part in 10^9 of grace: spending "all there is" must not fail on the last bit of a float64.
  if (reserveQuote > power * (1 + 1e-9)) return err('insufficient-funds');
  return ok({ order, reserveQuote });
}
