import type { TimeWindow } from './document.js';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const WEEK_MINUTES = 7 * DAY_MINUTES;
/** The epoch was a Thursday. */
const EPOCH_MINUTE = 3 * DAY_MINUTES;

/** Minutes since Monday 00:00 UTC. */
export const minuteOfWeek = (timeMs: number): number => (Math.floor(timeMs / MINUTE_MS) + EPOCH_MINUTE) % WEEK_MINUTES;

const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** Whether a candle that opens at `timeMs` opens in the window. Over midnight, the weekday is that of the evening. */
export function isInWindow({ from = '00:00', to, weekdays }: TimeWindow, timeMs: number): boolean {
  const minute = minuteOfWeek(timeMs);
  const [start, end] = [minuteOf(from), to === undefined ? DAY_MINUTES : minuteOf(to)];
  const ofDay = minute % DAY_MINUTES;
  const isOverMidnight = end <= start;
  if (isOverMidnight ? ofDay < start && ofDay >= end : ofDay < start || ofDay >= end) return false;
  if (!weekdays) return true;
  const startedYesterday = isOverMidnight && ofDay < end;
  const day = (Math.floor(minute / DAY_MINUTES) + (startedYesterday ? 6 : 0)) % 7;
  return weekdays.includes(day + 1);
}
