import { lowerBound, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND, type CandleColumns } from '@wickworks/core';
import { utcDay, utcHour, utcMinute, utcMonth, utcSecond, utcYear, type TimeInterval } from 'd3-time';
import { utcOfLocal, type TimeZone } from './time-zone.js';

export interface TimeTick {
  /** Index of the candle the tick stands at; beyond the newest one it is counted on. */
  readonly index: number;
  readonly timeMs: number;
  readonly label: string;
  /** A new day on an axis of hours, a new month on one of days, a new year. */
  readonly major: boolean;
}

export interface TimeTickInput {
  readonly candles: CandleColumns;
  /** Nominal width of a candle. */
  readonly candleMs: number;
  /** Visible positions. */
  readonly from: number;
  readonly to: number;
  /** Smallest distance between two ticks, in candles. */
  readonly candlesApart: number;
  readonly zone: TimeZone;
}

type Unit = 'clock' | 'day' | 'month' | 'year';

interface Step {
  readonly unit: Unit;
  readonly interval: TimeInterval;
  /** Nominal width. */
  readonly ms: number;
}

/** Every `counts` of a d3 interval; days count from the first of each month. */
function stepsOf(unit: Unit, interval: typeof utcDay, ms: number, counts: readonly number[]): Step[] {
  return counts.map((count) => ({ unit, interval: interval.every(count) ?? interval, ms: count * ms }));
}

const STEPS: readonly Step[] = [
  ...stepsOf('clock', utcSecond, MS_PER_SECOND, [1, 5, 10, 30]),
  ...stepsOf('clock', utcMinute, MS_PER_MINUTE, [1, 2, 5, 10, 15, 30]),
  ...stepsOf('clock', utcHour, MS_PER_HOUR, [1, 2, 3, 6, 12]),
  ...stepsOf('day', utcDay, MS_PER_DAY, [1, 2, 5, 10]),
  ...stepsOf('month', utcMonth, 30.5 * MS_PER_DAY, [1, 2, 3, 6]),
  ...stepsOf('year', utcYear, 365.25 * MS_PER_DAY, [1, 2, 5, 10]),
];
const WIDEST = STEPS[STEPS.length - 1]!;

/**
 * Ticks of the time axis at round local times: seconds, minutes, hours, days, months or years, whichever is the
 * narrowest step that keeps them `candlesApart`. Positions are candles, so where candles are missing a tick stands at
 * the first candle after its round time and is labelled with that candle's own time. Hours lost or doubled by daylight
 * saving are skipped or shown as clocks show them.
 */
export function timeTicks(input: TimeTickInput): TimeTick[] {
  const { candles, candleMs, from, to, candlesApart, zone } = input;
  if (candles.length === 0 || to <= from) return [];
  const fromMs = timeAt(candles, candleMs, Math.max(0, from));
  const toMs = timeAt(candles, candleMs, to);
  if (toMs <= fromMs) return [];
  const perCandleMs = Math.max(candleMs, (toMs - fromMs) / (to - Math.max(0, from)));
  const step = STEPS.find(({ ms }) => ms >= perCandleMs * candlesApart) ?? WIDEST;
  const ticks: TimeTick[] = [];
  let lastIndex = -1;
  for (const timeMs of roundTimes(step, fromMs, toMs, zone)) {
    const index = indexAt(candles, candleMs, timeMs);
    if (index === lastIndex) continue;
    lastIndex = index;
    push(ticks, describe(input, step, index), candlesApart);
  }
  return ticks;
}

/** Time at a position: the open time of its candle, counted on beyond the newest one. */
export function timeAt(candles: CandleColumns, candleMs: number, position: number): number {
  const last = candles.length - 1;
  const index = Math.floor(position);
  if (index <= 0) return candles.time[0]! + Math.min(0, index) * candleMs;
  return index <= last ? candles.time[index]! : candles.time[last]! + (index - last) * candleMs;
}

/** Index of the first candle opening at or after `timeMs`, counted on beyond the newest one. */
function indexAt(candles: CandleColumns, candleMs: number, timeMs: number): number {
  const last = candles.length - 1;
  if (timeMs <= candles.time[last]!) return lowerBound(candles, timeMs);
  return last + Math.ceil((timeMs - candles.time[last]!) / candleMs);
}

/** Keeps the more important of two ticks that stand too close (after a stretch of missing candles). */
function push(ticks: TimeTick[], tick: TimeTick, candlesApart: number): void {
  const previous = ticks.at(-1);
  if (previous && tick.index - previous.index < candlesApart * 0.75) {
    if (!tick.major || previous.major) return;
    ticks.pop();
  }
  ticks.push(tick);
}

/** A part of a date as the browser words it in English. */
function wording(options: Intl.DateTimeFormatOptions): (date: Date) => string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options });
  return (date) => format.format(date);
}

// Local times are written as if they were UTC, so that d3's UTC intervals and one format serve every zone.
const yearText = (date: Date): string => String(date.getUTCFullYear());
const monthText = wording({ month: 'short' });
const weekdayText = wording({ weekday: 'short' });
const dayText = (date: Date): string => `${date.getUTCDate()} ${monthText(date)}`;
const minuteText = wording({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const secondText = wording({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const wholeDayText = (date: Date): string =>
  `${weekdayText(date)} ${String(date.getUTCDate()).padStart(2, '0')} ${monthText(date)} ${yearText(date)}`;
const local = (zone: TimeZone, timeMs: number): Date => new Date(timeMs + zone.offsetMs(timeMs));

function describe(input: TimeTickInput, step: Step, index: number): TimeTick {
  const { candles, candleMs, zone } = input;
  const timeMs = timeAt(candles, candleMs, index);
  const here = local(zone, timeMs);
  const before = local(zone, timeAt(candles, candleMs, index - 1));
  const newYear = here.getUTCFullYear() !== before.getUTCFullYear();
  const newMonth = newYear || here.getUTCMonth() !== before.getUTCMonth();
  const newDay = newMonth || here.getUTCDate() !== before.getUTCDate();
  const tick = (label: string, major: boolean): TimeTick => ({ index, timeMs, label, major });
  if (newYear) return tick(yearText(here), step.unit !== 'year');
  if (step.unit === 'year' || step.unit === 'month') return tick(monthText(here), false);
  if (newMonth) return tick(step.unit === 'clock' ? dayText(here) : monthText(here), true);
  if (newDay || step.unit === 'day') return tick(dayText(here), step.unit === 'clock');
  return tick(clockText(here, step.ms < MS_PER_MINUTE), false);
}

const clockText = (date: Date, seconds: boolean): string => (seconds ? secondText : minuteText)(date);

/** The whole local time for the crosshair and the legend, e.g. `Sat 12 Mar 2022 14:30`; no clock for days and wider. */
export function formatTime(timeMs: number, candleMs: number, zone: TimeZone): string {
  const date = local(zone, timeMs);
  const day = wholeDayText(date);
  return candleMs >= MS_PER_DAY ? day : `${day} ${clockText(date, candleMs < MS_PER_MINUTE)}`;
}

/** The moments of `[fromMs, toMs]` at which clocks in `zone` show a round time of `step`, in order. */
function roundTimes(step: Step, fromMs: number, toMs: number, zone: TimeZone): number[] {
  const localTimes = (fromOffset: number, toOffset: number): number[] =>
    step.interval.range(new Date(fromMs + fromOffset), new Date(toMs + toOffset + 1)).map(Number);
  const offsets = [fromMs, (fromMs + toMs) / 2, toMs].map((timeMs) => zone.offsetMs(timeMs));
  if (step.unit !== 'clock') {
    const times = localTimes(Math.min(...offsets), Math.max(...offsets)).map((localMs) => utcOfLocal(zone, localMs));
    return times.filter((timeMs) => timeMs >= fromMs && timeMs <= toMs);
  }
  // Under each offset by itself: an hour shown twice gets both its ticks, a skipped one none.
  const times = [...new Set(offsets)].flatMap((offset) =>
    localTimes(offset, offset)
      .map((localMs) => localMs - offset)
      .filter((timeMs) => zone.offsetMs(timeMs) === offset),
  );
  return times.sort((a, b) => a - b);
}
