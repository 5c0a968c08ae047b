import type { MetricUnit } from '@wickworks/engine';
import { formatCount, formatPrice } from '../../format/number.js';
import { formatDuration } from '../../format/time.js';

/** A metric as people read it; `null` is "n/a": too few samples for a figure, never a made-up one. */
export function formatMetric(value: number | null | undefined, unit: MetricUnit): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return 'n/a';
  switch (unit) {
    case 'ratio':
      return `${formatPrice(value * 100, 2)} %`;
    case 'ms':
      return formatDuration(value);
    case 'count':
      return formatCount(value);
    case 'quote':
      return formatPrice(value, 2);
    case 'number':
      return formatPrice(value, Math.abs(value) >= 100 ? 1 : 3);
  }
}

/** The colour class of a gain or loss. */
export const toneOf = (value: number | null): string | undefined =>
  value === null || Number.isNaN(value) || value === 0 ? undefined : value > 0 ? 'text-up' : 'text-down';
