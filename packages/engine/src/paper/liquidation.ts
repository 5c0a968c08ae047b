import type { Portfolio } from '../portfolio/portfolio.js';

/**
 * Cross margin: a position is closed when equity falls to `maintenanceRatio` of the exposure. Price of `market`
 * (quote) at which that happens while all others stay at their marks, from
 * `cash + Σ others' value + q p = m (Σ others' exposure + |q| p)`; NaN while flat or when no price does it.
 * Source of the rule: Binance's cross-margin liquidation formula with one maintenance tier.
 */
export function liquidationPrice(portfolio: Portfolio, market: number, maintenanceRatio: number): number {
  const quantity = portfolio.quantityOf(market);
  if (quantity === 0) return NaN;
  const own = quantity * portfolio.markOf(market);
  const rest = portfolio.equity() - own - maintenanceRatio * portfolio.exposure(market);
  const price = -rest / (quantity - maintenanceRatio * Math.abs(quantity));
  return price > 0 ? price : NaN;
}
