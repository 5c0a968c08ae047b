import { MS_PER_DAY } from '@wickworks/core';
import type { RoundTrip } from '../messages.js';

/** What every metric is computed from. */
export interface RunFacts {
  /** Deposit, quote. */
  readonly cash: number;
  /** Close times (ms UTC, ascending) and equity (quote) at them. */
  readonly timesMs: Float64Array;
  readonly equity: Float64Array;
  readonly roundTrips: readonly RoundTrip[];
  /** Days of trading a year that annualised figures count with; crypto never closes: 365. */
  readonly daysPerYear: number;
  /** Annual return without risk, ratio; taken off in Sharpe, Sortino and Omega. */
  readonly riskFreeRatio: number;
}

/** Ratios from fewer daily returns than this would be noise: they are null. */
export const DAYS_MIN = 30;
/** Figures over round trips need as many. */
export const TRIPS_MIN = 10;

/**
 * Returns from one UTC day's last equity to the next one's, the first day against the deposit. Days without a point
 * (no candle) count as unchanged: their return is 0.
 */
export function dailyReturns(facts: Pick<RunFacts, 'cash' | 'timesMs' | 'equity'>): Float64Array {
  const { timesMs, equity } = facts;
  if (timesMs.length === 0) return new Float64Array(0);
  // A candle that closes at midnight belongs to the day that ends there.
  const dayOf = (timeMs: number): number => Math.floor((timeMs - 1) / MS_PER_DAY);
  const first = dayOf(timesMs[0]!);
  const returns = new Float64Array(dayOf(timesMs.at(-1)!) - first + 1);
  let before = facts.cash;
  for (let i = 0; i < timesMs.length; i++) {
    const day = dayOf(timesMs[i]!);
    if (i + 1 < timesMs.length && dayOf(timesMs[i + 1]!) === day) continue;
    returns[day - first] = before > 0 ? equity[i]! / before - 1 : 0;
    before = equity[i]!;
  }
  return returns;
}

/** Years between the first and the last point; 0 for fewer than two. */
export const yearsOf = (facts: Pick<RunFacts, 'timesMs' | 'daysPerYear'>): number =>
  facts.timesMs.length < 2 ? 0 : (facts.timesMs.at(-1)! - facts.timesMs[0]!) / MS_PER_DAY / facts.daysPerYear;

/** A ratio that exists: null instead of NaN and infinities. */
export const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
