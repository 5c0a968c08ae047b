import { lowerBound, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND, type CandleColumns } from '@wickworks/core';
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
  readonly count: number;
  readonly ms: number;
}

const clock = (ms: number): Step => ({ unit: 'clock', count: ms, ms });
const STEPS: readonly Step[] = [
  ...[1, 5, 10, 30].map((count) => clock(count * MS_PER_SECOND)),
  ...[1, 2, 5, 10, 15, 30].map((count) => clock(count * MS_PER_MINUTE)),
  ...[1, 2, 3, 6, 12].map((count) => clock(count * MS_PER_HOUR)),
  ...[1, 2, 5, 10].map((count): Step => ({ unit: 'day', count, ms: count * MS_PER_DAY })),
  ...[1, 2, 3, 6].map((count): Step => ({ unit: 'month', count, ms: count * 30.5 * MS_PER_DAY })),
  ...[1, 2, 5, 10].map((count): Step => ({ unit: 'year', count, ms: count * 365.25 * MS_PER_DAY })),
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
  for (let timeMs = firstBoundary(step, fromMs, zone); timeMs <= toMs; timeMs = nextBoundary(step, timeMs, zone)) {
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
export function indexAt(candles: CandleColumns, candleMs: number, timeMs: number): number {
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

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const two = (value: number): string => String(value).padStart(2, '0');
const local = (zone: TimeZone, timeMs: number): Date => new Date(timeMs + zone.offsetMs(timeMs));

function describe(input: TimeTickInput, step: Step, index: number): TimeTick {
  const { candles, candleMs, zone } = input;
  const timeMs = timeAt(candles, candleMs, index);
  const here = local(zone, timeMs);
  const before = local(zone, timeAt(candles, candleMs, index - 1));
  const newYear = here.getUTCFullYear() !== before.getUTCFullYear();
  const newMonth = newYear || here.getUTCMonth() !== before.getUTCMonth();
  const newDay = newMonth || here.getUTCDate() !== before.getUTCDate();
  const month = MONTHS[here.getUTCMonth()]!;
  const tick = (label: string, major: boolean): TimeTick => ({ index, timeMs, label, major });
  if (newYear) return tick(String(here.getUTCFullYear()), step.unit !== 'year');
  if (step.unit === 'year' || step.unit === 'month') return tick(month, false);
  if (newMonth) return tick(step.unit === 'clock' ? `${here.getUTCDate()} ${month}` : month, true);
  if (newDay || step.unit === 'day') return tick(`${here.getUTCDate()} ${month}`, step.unit === 'clock');
  return tick(clockText(here, step.ms < MS_PER_MINUTE), false);
}

const clockText = (date: Date, seconds: boolean): string =>
  `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}${seconds ? `:${two(date.getUTCSeconds())}` : ''}`;

/** The whole local time for the crosshair and the legend, e.g. `Sat 12 Mar 2022 14:30`; no clock for days and wider. */
export function formatTime(timeMs: number, candleMs: number, zone: TimeZone): string {
  const date = local(zone, timeMs);
  const day = `${WEEKDAYS[date.getUTCDay()]!} ${two(date.getUTCDate())} ${MONTHS[date.getUTCMonth()]!} ${date.getUTCFullYear()}`;
  return candleMs >= MS_PER_DAY ? day : `${day} ${clockText(date, candleMs < MS_PER_MINUTE)}`;
}

function firstBoundary(step: Step, fromMs: number, zone: TimeZone): number {
  const localMs = fromMs + zone.offsetMs(fromMs);
  const date = new Date(localMs);
  let start: number;
  if (step.unit === 'clock' && step.ms <= MS_PER_HOUR) start = fromMs - positiveModulo(localMs, step.ms);
  else if (step.unit === 'clock') start = utcOfLocal(zone, localMs - positiveModulo(localMs, step.ms));
  else if (step.unit === 'day') start = civil(zone, date.getUTCFullYear(), date.getUTCMonth(), 1);
  else if (step.unit === 'month') start = civil(zone, date.getUTCFullYear(), 0, 1);
  else start = civil(zone, date.getUTCFullYear() - (date.getUTCFullYear() % step.count), 0, 1);
  while (start < fromMs) start = nextBoundary(step, start, zone);
  return start;
}

function nextBoundary(step: Step, timeMs: number, zone: TimeZone): number {
  if (step.unit === 'clock') return nextClock(step.ms, timeMs, zone);
  const date = local(zone, timeMs);
  const year = date.getUTCFullYear();
  if (step.unit === 'year') return civil(zone, year + step.count, 0, 1);
  if (step.unit === 'month') return civil(zone, year, date.getUTCMonth() + step.count, 1);
  // Days count from the first of each month (1, 6, 11 …); a rest shorter than half a step is left out.
  const next = date.getUTCDate() + step.count;
  const days = new Date(Date.UTC(year, date.getUTCMonth() + 1, 0)).getUTCDate();
  return next + step.count / 2 - 1 > days
    ? civil(zone, year, date.getUTCMonth() + 1, 1)
    : civil(zone, year, date.getUTCMonth(), next);
}

function nextClock(stepMs: number, timeMs: number, zone: TimeZone): number {
  const candidate = timeMs + stepMs;
  const beyond = positiveModulo(candidate + zone.offsetMs(candidate), stepMs);
  if (beyond === 0) return candidate;
  // The clocks changed inside this step: go to the next round local time after it.
  const earlier = candidate - beyond;
  return earlier > timeMs ? earlier : earlier + stepMs;
}

const civil = (zone: TimeZone, year: number, month: number, day: number): number =>
  utcOfLocal(zone, Date.UTC(year, month, day));

const positiveModulo = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;
