import { MS_PER_DAY, MS_PER_HOUR } from '@wickworks/core';
import type { RoundTrip } from '../messages.js';
import type { BreakdownRow, Breakdowns } from '../runner/run-types.js';
import { sum } from './moments.js';
import type { RunFacts } from './run-facts.js';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const TWO_DIGITS = Array.from({ length: 24 }, (_, number) => String(number).padStart(2, '0'));

/**
 * Round trips grouped by the month (`2024-01`), weekday and hour (`00`..`23`) of their exit, UTC, by symbol, by
 * exit reason and, where `strategyOf` tells who trades a market, by strategy. `returnRatio` is profit over the deposit, except by month: there it is the equity's own return,
 * months without a trip included. `winRatio` is null for a month without one.
 */
export function breakdownsOf(facts: RunFacts, strategyOf?: (market: number) => string): Breakdowns {
  const group = (keyOf: (trip: RoundTrip) => string): BreakdownRow[] => {
    const groups = new Map<string, RoundTrip[]>();
    for (const trip of facts.roundTrips) {
      const key = keyOf(trip);
      const trips = groups.get(key);
      if (trips) trips.push(trip);
      else groups.set(key, [trip]);
    }
    return [...groups].map(([key, trips]) => rowOf(key, trips, facts.cash));
  };
  const sorted = (rows: BreakdownRow[]): BreakdownRow[] => rows.sort((a, b) => (a.key < b.key ? -1 : 1));
  // The first of January 1970 was a Thursday.
  const weekdays = group(({ exitTimeMs }) => WEEKDAYS[(Math.floor(exitTimeMs / MS_PER_DAY) + 3) % 7]!);
  return {
    byMonth: monthsOf(facts, new Map(group(({ exitTimeMs }) => monthOf(exitTimeMs)).map((row) => [row.key, row]))),
    byWeekday: weekdays.sort((a, b) => WEEKDAYS.indexOf(a.key) - WEEKDAYS.indexOf(b.key)),
    byHour: sorted(group(({ exitTimeMs }) => TWO_DIGITS[Math.floor(exitTimeMs / MS_PER_HOUR) % 24]!)),
    bySymbol: sorted(group(({ symbol }) => symbol)),
    byExitReason: sorted(group(({ exitTag }) => exitTag)),
    ...(strategyOf && { byStrategy: sorted(group(({ market }) => strategyOf(market))) }),
  };
}

function monthOf(timeMs: number): string {
  const date = new Date(timeMs);
  return `${date.getUTCFullYear()}-${TWO_DIGITS[date.getUTCMonth() + 1]!}`;
}

function rowOf(key: string, trips: readonly RoundTrip[], cash: number): BreakdownRow {
  const pnl = sum(trips.map((trip) => trip.pnl));
  const wins = trips.filter((trip) => trip.pnl > 0).length;
  return { key, roundTrips: trips.length, winRatio: wins / trips.length, pnl, returnRatio: pnl / cash };
}

/** Every month of the run in order, with the equity's return from the last month's end to this one's. */
function monthsOf(facts: RunFacts, rows: ReadonlyMap<string, BreakdownRow>): BreakdownRow[] {
  const { timesMs, equity } = facts;
  const months: BreakdownRow[] = [];
  let before = facts.cash;
  for (let from = 0; from < timesMs.length;) {
    // A candle that closes as the month begins belongs to the month that ends there.
    const date = new Date(timesMs[from]! - 1);
    const endMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
    let to = from + 1;
    while (to < timesMs.length && timesMs[to]! <= endMs) to++;
    const after = equity[to - 1]!;
    const key = monthOf(timesMs[from]! - 1);
    const row = rows.get(key) ?? { key, roundTrips: 0, winRatio: null, pnl: 0 };
    months.push({ ...row, returnRatio: before > 0 ? after / before - 1 : null });
    before = after;
    from = to;
  }
  return months;
}
