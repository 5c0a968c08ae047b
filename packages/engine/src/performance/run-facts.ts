import { MS_PER_DAY, timeframeMs, closeTimeOf, type Direction } from '@wickworks/core';
import type { OpenRoundTrip, RoundTrip } from '../messages.js';
import { drawdowns, EQUITY_ROUNDING, underwater, type Drawdown } from './drawdowns.js';
import { extremesOf } from './moments.js';
import type { Benchmark, RunOutcome } from './run-outcome.js';

/** Ratios from fewer daily returns than this would be noise: they are n/a. */
export const DAYS_MIN = 30;
/** Figures over trades need as many. */
export const TRIPS_MIN = 10;

/** A run's outcome with what most metrics are computed from, each worked out once. */
export class RunFacts {
  readonly cash: number;
  readonly startMs: number;
  readonly timesMs: Float64Array;
  readonly equity: Float64Array;
  readonly roundTrips: readonly RoundTrip[];
  readonly openTrips: readonly OpenRoundTrip[];
  readonly excursions: RunOutcome['excursions'];
  readonly costs: RunOutcome['costs'];
  readonly daysPerYear: number;
  readonly riskFreeRatio: number;
  readonly trials: RunOutcome['trials'];
  /** First open and last close of the first market. */
  readonly benchmark: { readonly first: number; readonly last: number } | null;
  /** Daily returns of equity; see {@link dailyReturns}. */
  readonly days: Float64Array;
  /** Returns of the calendar months (UTC), the first and the last as far as they go. */
  readonly months: readonly number[];
  /** The same of calendar quarters and years. */
  readonly quarters: readonly number[];
  readonly calendarYears: readonly number[];
  /** Daily returns of the first market on the same days; empty without a benchmark. */
  readonly marketDays: Float64Array;
  /** {@link days} less {@link marketDays}. */
  readonly activeDays: Float64Array;
  readonly drawdowns: readonly Drawdown[];
  /** Distance below the highest equity so far at every point, 0..1. */
  readonly underwater: Float64Array;
  /** Lowest and highest equity; NaN while there is no point yet. */
  readonly equityExtremes: readonly [lowest: number, highest: number];
  /** Profits of the winning and (negative) of the losing trades. */
  readonly wins: readonly number[];
  readonly losses: readonly number[];

  constructor(outcome: RunOutcome) {
    const { benchmark } = outcome;
    this.cash = outcome.cash;
    this.startMs = outcome.startMs;
    this.timesMs = outcome.timesMs;
    this.equity = outcome.equity;
    this.roundTrips = outcome.roundTrips;
    this.openTrips = outcome.openTrips;
    this.excursions = outcome.excursions;
    this.costs = outcome.costs;
    this.daysPerYear = outcome.daysPerYear;
    this.riskFreeRatio = outcome.riskFreeRatio;
    this.trials = outcome.trials;
    this.days = dailyReturns(outcome);
    const firstDay = dayOf(outcome.timesMs[0] ?? 0);
    this.months = calendarReturns(this.days, firstDay, monthNumber);
    this.quarters = calendarReturns(this.days, firstDay, (date) => Math.floor(monthNumber(date) / 3));
    this.calendarYears = calendarReturns(this.days, firstDay, (date) => date.getUTCFullYear());
    const hasMarket = benchmark !== null && benchmark.candles.length > 0;
    this.benchmark = hasMarket
      ? { first: benchmark.candles.open[0]!, last: benchmark.candles.close[benchmark.candles.length - 1]! }
      : null;
    this.marketDays = hasMarket ? marketReturns(benchmark, this.days.length, outcome.timesMs[0]!) : NONE;
    this.activeDays = this.marketDays.map((value, day) => this.days[day]! - value);
    this.drawdowns = drawdowns(outcome);
    this.underwater = underwater(outcome);
    this.equityExtremes = extremesOf(outcome.equity);
    const pnls = outcome.roundTrips.map(({ pnl }) => pnl);
    this.wins = pnls.filter((pnl) => pnl > 0);
    this.losses = pnls.filter((pnl) => pnl < 0);
  }

  /** The deposit while there is no point yet. */
  get finalEquity(): number {
    return this.equity.at(-1) ?? this.cash;
  }

  /** From the start to the last point. */
  get spanMs(): number {
    return this.timesMs.length === 0 ? 0 : this.timesMs.at(-1)! - this.startMs;
  }

  get years(): number {
    return this.spanMs / MS_PER_DAY / this.daysPerYear;
  }

  /** Return without risk by day. */
  get freePerDay(): number {
    return this.riskFreeRatio / this.daysPerYear;
  }

  tripsOf(direction: Direction): readonly RoundTrip[] {
    return this.roundTrips.filter((trip) => trip.direction === direction);
  }
}

const NONE = new Float64Array(0);

/** UTC day that ends at or after `timeMs`: a candle that closes at midnight belongs to the day that ends there. */
const dayOf = (timeMs: number): number => Math.floor((timeMs - 1) / MS_PER_DAY);

/**
 * Returns from one UTC day's last equity to the next one's, the first day against the deposit. Days without a point
 * (no candle) count as unchanged: their return is 0. None at all once a day begins with nothing or with debt: there is
 * nothing left to measure a return against.
 */
export function dailyReturns(run: Pick<RunOutcome, 'cash' | 'timesMs' | 'equity'>): Float64Array {
  const { timesMs, equity, cash } = run;
  const { length } = timesMs;
  if (length === 0) return NONE;
  const firstDay = dayOf(timesMs[0]!);
  const returns = new Float64Array(dayOf(timesMs[length - 1]!) - firstDay + 1);
  const isMeasured = fillReturns(returns, { timesMs, shiftMs: 0, values: equity, length, start: cash, firstDay });
  return isMeasured ? returns : NONE;
}

/** Writes each day's return from the day's last value; `start` is the value before the first. False: one is ≤ 0. */
function fillReturns(
  returns: Float64Array,
  of: {
    timesMs: Float64Array;
    /** Added to each time. */
    shiftMs: number;
    values: Float64Array;
    length: number;
    start: number;
    firstDay: number;
  },
): boolean {
  const { timesMs, shiftMs, values, length, firstDay } = of;
  let before = of.start;
  for (let from = 0; from < length;) {
    const day = dayOf(timesMs[from]! + shiftMs);
    const endMs = (day + 1) * MS_PER_DAY - shiftMs;
    let to = from + 1;
    while (to < length && timesMs[to]! <= endMs) to++;
    const after = values[to - 1]!;
    if (before <= 0) return false;
    const change = after / before - 1;
    if (day >= firstDay && day - firstDay < returns.length)
      returns[day - firstDay] = Math.abs(change) < EQUITY_ROUNDING ? 0 : change;
    before = after;
    from = to;
  }
  return true;
}

function marketReturns({ candles, timeframe }: Benchmark, days: number, firstMs: number): Float64Array {
  const returns = new Float64Array(days);
  const { length, time, close: values } = candles;
  const common = { values, length, start: candles.open[0]!, firstDay: dayOf(firstMs) };
  // Up to a day wide, a candle closes on the day it opens on (a millisecond later, for the rule of midnight).
  if (timeframeMs(timeframe) <= MS_PER_DAY) fillReturns(returns, { ...common, timesMs: time, shiftMs: 1 });
  else {
    const timesMs = Float64Array.from({ length }, (_, i) => closeTimeOf(timeframe, time[i]!));
    fillReturns(returns, { ...common, timesMs, shiftMs: 0 });
  }
  return returns;
}

/** Months since year 0. */
const monthNumber = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth();

/** Daily returns compounded by calendar period, whose days share a number; `firstDay` in days since 1970. */
function calendarReturns(days: Float64Array, firstDay: number, numberOf: (date: Date) => number): number[] {
  const returns: number[] = [];
  let period = NaN;
  days.forEach((value, day) => {
    const found = numberOf(new Date((firstDay + day) * MS_PER_DAY));
    if (found !== period) returns.push(0);
    period = found;
    returns[returns.length - 1] = (1 + returns.at(-1)!) * (1 + value) - 1;
  });
  return returns;
}

/** What `returns` in a row compound to. */
export function compounded(returns: ArrayLike<number>): number {
  let growth = 1;
  for (let i = 0; i < returns.length; i++) growth *= 1 + returns[i]!;
  return growth - 1;
}

/** Time from entry to exit, ms, by the opens of their candles. */
export const durationOf = (trip: RoundTrip): number => trip.exitTimeMs - trip.entryTimeMs;

/** Most of `members` in a row for which `isOne` holds. */
export function longestRow<T>(members: Iterable<T>, isOne: (member: T) => boolean): number {
  let best = 0;
  let run = 0;
  for (const member of members) {
    run = isOne(member) ? run + 1 : 0;
    if (run > best) best = run;
  }
  return best;
}
