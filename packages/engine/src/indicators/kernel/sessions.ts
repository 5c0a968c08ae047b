import { MS_PER_DAY, MS_PER_WEEK } from '@wickworks/core';

/** Calendar stretches, all in UTC; weeks start on Monday. */
export const ANCHORS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Anchor = (typeof ANCHORS)[number];

/** 1970-01-05T00:00Z, the first Monday. */
const FIRST_MONDAY_MS = 4 * MS_PER_DAY;

/** A number that changes when a new stretch of kind `anchor` begins; `timeMs` in ms UTC. */
export function sessionOf(anchor: Anchor, timeMs: number): number {
  if (anchor === 'day') return Math.floor(timeMs / MS_PER_DAY);
  if (anchor === 'week') return Math.floor((timeMs - FIRST_MONDAY_MS) / MS_PER_WEEK);
  const date = new Date(timeMs);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  if (anchor === 'month') return month;
  return Math.floor(month / (anchor === 'quarter' ? 3 : 12));
}
