import type { RunFacts } from './run-facts.js';

/** Shelves of a report. */
export const METRIC_GROUPS = ['return', 'risk', 'market', 'drawdown', 'trades', 'costs', 'evidence'] as const;
export type MetricGroup = (typeof METRIC_GROUPS)[number];

/** `ratio`: 0.1 is 10 %; `quote`: money; `number`: a bare figure. */
export type MetricUnit = 'ratio' | 'number' | 'count' | 'ms' | 'quote';

/** The smallest sample a metric is given for: daily returns, calendar periods, points of equity, finished trades. */
export interface SampleFloor {
  readonly days?: number;
  readonly months?: number;
  readonly quarters?: number;
  readonly years?: number;
  readonly points?: number;
  readonly trips?: number;
  /** Only trades of this direction count. */
  readonly of?: 'long' | 'short';
}

/** One figure of a report: everything the page, the hover text and the API say about it. */
export interface Metric<Id extends string = string> {
  readonly id: Id;
  readonly title: string;
  readonly group: MetricGroup;
  readonly unit: MetricUnit;
  readonly needs: SampleFloor;
  /** One sentence for people. */
  readonly definition: string;
  readonly formula: string;
  readonly source: string;
  /** The figure for a sample above its floor; NaN or infinite when there is none (nothing to divide by). */
  calculate(facts: RunFacts): number;
}

/** Keeps the literal id of a declaration. */
export const defineMetric = <const Id extends string>(metric: Metric<Id>): Metric<Id> => metric;

/** The sample a metric needs, in words: "30 daily returns"; empty when it needs none. */
export function sampleText({ days, months, quarters, years, points, trips, of }: SampleFloor): string {
  const counted = (count: number | undefined, one: string): string | null =>
    count === undefined ? null : `${String(count)} ${one}${count === 1 ? '' : 's'}`;
  return [
    counted(days, 'daily return'),
    counted(months, 'calendar month'),
    counted(quarters, 'calendar quarter'),
    counted(years, 'calendar year'),
    counted(points, 'candle'),
    counted(trips, `finished ${of === undefined ? '' : `${of} `}trade`),
  ]
    .filter((part) => part !== null)
    .join(' and ');
}

/** The figure, or null ("n/a") below the sample floor and where there is none. */
export function valueOf(metric: Metric, facts: RunFacts): number | null {
  const { days = 0, months = 0, quarters = 0, years = 0, points = 0, trips = 0, of } = metric.needs;
  if (facts.days.length < days || facts.timesMs.length < points) return null;
  if (facts.months.length < months || facts.quarters.length < quarters || facts.calendarYears.length < years)
    return null;
  if (trips > 0 && (of === undefined ? facts.roundTrips : facts.tripsOf(of)).length < trips) return null;
  const value = metric.calculate(facts);
  return Number.isFinite(value) ? value : null;
}
