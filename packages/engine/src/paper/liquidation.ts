import type { Portfolio } from '../portfolio/portfolio.js';

/**
 * Cross margin: a position is closed when equity falls to `maintenanceRatio` of the exposure. Price of `market`
 * (quote) at which that happens while all others stay at their marks, from
 * `cash + Σ others' value + q p = m (Σ others' exposure + |q| p)`; NaN while flat or when no price does it.
 * `siblings` are positions of other strategies in the same symbol: their price is the same, so they count in q (net)
 * and in |q| (each), and a position that gains where the account would fail is not closed.
 * Source of the rule: Binance's cross-margin liquidation formula with one maintenance tier.
 */
export function liquidationPrice(
  portfolio: Portfolio,
  market: number,
  maintenanceRatio: number,
  siblings: readonly number[] = NONE,
): number {
  const quantity = portfolio.quantityOf(market);
  if (quantity === 0) return NaN;
  const mark = portfolio.markOf(market);
  let net = quantity;
  let gross = Math.abs(quantity);
  let others = portfolio.exposure(market);
  for (const sibling of siblings) {
    const held = portfolio.quantityOf(sibling);
    net += held;
    gross += Math.abs(held);
    others -= Math.abs(held) * portfolio.markOf(sibling);
  }
  const rest = portfolio.equity() - net * mark - maintenanceRatio * others;
  const slope = net - maintenanceRatio * gross;
  if (slope === 0 || slope > 0 !== quantity > 0) return NaN;
  const price = -rest / slope;
  return price > 0 ? price : NaN;
}

const NONE: readonly number[] = [];
