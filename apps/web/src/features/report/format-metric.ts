import type { Metric, MetricUnit } from '@wickworks/engine';
import { formatCount, formatPrice } from '../../format/number.js';
import { formatDuration } from '../../format/time.js';

/** Rounded for people; what rounds to nothing has no sign. */
const rounded = (value: number, decimals: number): string => formatPrice(Number(value.toFixed(decimals)) + 0, decimals);

/** A metric as people read it; `null` is "n/a": too few samples for a figure, never a made-up one. */
export function formatMetric(value: number | null | undefined, unit: MetricUnit): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return 'n/a';
  switch (unit) {
    case 'ratio':
      return `${rounded(value * 100, 2)} %`;
    case 'ms':
      return formatDuration(value);
    case 'count':
      return formatCount(value);
    case 'quote':
      return rounded(value, 2);
    case 'number':
      return rounded(value, Math.abs(value) >= 100 ? 1 : 3);
  }
}

/** The colour class of a gain or loss; what is shown as nothing has none. */
export const toneOf = (value: number | null): string | undefined =>
  value === null || Number.isNaN(value) || Math.abs(value) < 0.00005 ? undefined : value > 0 ? 'text-up' : 'text-down';

/** Returns in name only: shares of days and of time, which are neither gained nor lost. */
const SHARES: ReadonlySet<string> = new Set([
  'exposure',
  'winningDays',
  'winningMonths',
  'winningQuarters',
  'winningYears',
]);

/** The colour class of a metric that tells of a gain or loss; of none where it tells of something else. */
export const metricTone = ({ id, group, unit }: Pick<Metric, 'id' | 'group' | 'unit'>, value: number | null) =>
  group === 'return' && unit === 'ratio' && !SHARES.has(id) ? toneOf(value) : undefined;
