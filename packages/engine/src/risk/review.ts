import type { OrderRequest, RefusalReason, Reused } from '../messages.js';
import { quantityUnits, type Instrument } from '../market/instrument.js';
import type { Portfolio } from '../portfolio/portfolio.js';

/** What an account may do. */
export interface RiskLimits {
  /** Exposure over equity; 1 is spot without credit. */
  readonly leverage: number;
  readonly shorting: boolean;
  /** Markets that may hold a position at once. */
  readonly positionsMax: number;
}

/** Quote free for new positions: equity times leverage, less exposure and what working orders have reserved. */
export function buyingPower(portfolio: Portfolio, limits: RiskLimits, reservedQuote: number): number {
  const free = portfolio.equity() * limits.leverage - portfolio.exposure();
  return Math.max(0, free - reservedQuote);
}

/**
 * The gate before the broker. Orders that can only reduce pass; one that adds exposure needs its notional and fee,
 * at its own price or the last mark, from the funds that are free: equity with leverage, less what other working
 * orders have reserved. Funds are checked again as it fills. Returns the quote to reserve while it works, or why it
 * may not go to a broker; a sell on an account that cannot go short is made to reduce only.
 */
export function review(
  order: Reused<OrderRequest>,
  portfolio: Portfolio,
  limits: RiskLimits,
  reservedQuote: number,
): number | RefusalReason {
  const instrument = portfolio.instruments[order.market]!;
  const held = portfolio.unitsOf(order.market);
  if (order.reduceOnly) return 0;
  const adds = order.side === 'buy' ? held >= 0 : held <= 0;
  const opening = adds ? order.quantityUnits : Math.max(0, order.quantityUnits - Math.abs(held));
  const turns = !adds && (opening > 0 || order.spendE8 > 0);
  if (!limits.shorting && order.side === 'sell') {
    if (adds || turns) return 'shorting-off';
    // By the time it fills another order may have sold: on a spot account no sell ever goes below nothing.
    order.reduceOnly = true;
    return 0;
  }
  if (held === 0 && portfolio.openPositions >= limits.positionsMax) return 'position-limit';
  const priceUnits = order.limitUnits || order.stopUnits;
  const price = priceUnits > 0 ? priceUnits / instrument.priceScale : portfolio.markOf(order.market);
  const feeRatio = instrument.takerFeeE8 / 1e8;
  if (isBelowMinNotional(order, instrument, price)) return 'below-min-notional';
  const reserveQuote =
    order.spendE8 > 0 ? order.spendE8 / 1e8 : (opening / instrument.quantityScale) * price * (1 + feeRatio);
  // Turning a position frees its exposure first.
  const freed = turns ? Math.abs(portfolio.quantityOf(order.market)) * portfolio.markOf(order.market) : 0;
  const power = buyingPower(portfolio, limits, reservedQuote) + freed;
  // One part in 10^9 of grace: spending "all there is" must not fail on the last bit of a float64.
  return reserveQuote > power * (1 + 1e-9) ? 'insufficient-funds' : reserveQuote;
}

/** True when what an order trades at `price` is worth less than the market takes. */
export function isBelowMinNotional(
  { quantityUnits: asked, spendE8 }: OrderRequest,
  instrument: Instrument,
  price: number,
): boolean {
  const { minNotional } = instrument.rules;
  if (minNotional === 0 || (asked === 0 && spendE8 === 0)) return false;
  // What a sum buys beside its fee, in whole lots: as little of it is refused as of a quantity.
  const units = asked || quantityUnits(instrument, spendE8 / 1e8 / (1 + instrument.takerFeeE8 / 1e8) / price);
  return (units / instrument.quantityScale) * price < minNotional;
}
