import type { Fill } from '../messages.js';
import type { Instrument } from '../market/instrument.js';
import { mean, sum } from './moments.js';
import { finite, yearsOf, type RunFacts } from './run-facts.js';

/**
 * Traded notional (quote) in all, and a year as a multiple of the mean equity (buys and sells both count); the
 * multiple is null below a day.
 */
export function turnover(
  facts: RunFacts,
  fills: readonly Fill[],
  instruments: readonly Instrument[],
): { readonly notional: number; readonly perYear: number | null } {
  const notional = sum(
    fills.map(({ market, priceUnits, quantityUnits }) => {
      const { priceScale, quantityScale } = instruments[market]!;
      return (priceUnits / priceScale) * (quantityUnits / quantityScale);
    }),
  );
  const years = yearsOf(facts);
  const isLong = years * facts.daysPerYear >= 1;
  return { notional, perYear: isLong ? finite(notional / mean(facts.equity) / years) : null };
}
