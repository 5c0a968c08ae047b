import type { RoundTrip } from '../messages.js';
import { sizeByRisk } from '../risk/size-by-risk.js';
import type { SizeSpec } from './document.js';

export interface SizeContext {
  readonly equity: number;
  readonly entryPrice: number;
  /** Quote between entry and stop; NaN without a stop. */
  readonly stopDistance: number;
  /** Close-to-close volatility a year, as a ratio; NaN while unknown. */
  readonly volatilityRatio: number;
  /** Asked for its trades so far by what is sized by them. */
  readonly account: { readonly roundTrips: readonly RoundTrip[] };
  readonly amount: (amount: number | string) => number;
}

/** Value of the position to open, quote; 0 or NaN: none. What the account can pay is not looked at. */
export function valueOf(spec: SizeSpec, context: SizeContext): number {
  const { equity, entryPrice, stopDistance, amount } = context;
  switch (spec.kind) {
    case 'quote':
      return amount(spec.amount);
    case 'quantity':
      return amount(spec.amount) * entryPrice;
    case 'equity':
      return equity * amount(spec.ratio);
    case 'risk': {
      if (!(stopDistance > 0)) return NaN;
      const stopPrice = entryPrice - stopDistance;
      return sizeByRisk({ equity, entryPrice, stopPrice, riskRatio: amount(spec.ratio) }) * entryPrice;
    }
    case 'volatility':
      return context.volatilityRatio > 0 ? (equity * amount(spec.targetRatio)) / context.volatilityRatio : NaN;
    case 'kelly': {
      const { roundTrips } = context.account;
      const [fraction, cap] = [amount(spec.fraction), amount(spec.cap)];
      if (roundTrips.length < amount(spec.tradesMin)) return equity * cap * fraction;
      return equity * Math.min(cap, fraction * Math.max(0, kellyShare(roundTrips)));
    }
  }
}

/** Kelly's share of equity: win ratio − loss ratio / (mean win ÷ mean loss), by returns (Kelly 1956, Thorp 2006). */
function kellyShare(trips: readonly RoundTrip[]): number {
  let [wins, gained, lost] = [0, 0, 0];
  for (const { returnRatio } of trips) {
    if (returnRatio > 0) {
      wins++;
      gained += returnRatio;
    } else lost -= returnRatio;
  }
  const losses = trips.length - wins;
  if (wins === 0) return 0;
  if (losses === 0 || lost === 0) return 1;
  const winRatio = wins / trips.length;
  return winRatio - (1 - winRatio) / (gained / wins / (lost / losses));
}
