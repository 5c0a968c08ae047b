const CACHE_SLOT_MS = 900_000;
const CACHE_SIZE_MAX = 8192;

/** A time zone that can tell its offset at any moment. */
export interface TimeZone {
  /** IANA name, or `UTC`. */
  readonly name: string;
  /** Local time minus UTC at `timeMs`, in ms. */
  offsetMs(timeMs: number): number;
}

export const UTC: TimeZone = { name: 'UTC', offsetMs: () => 0 };

const zones = new Map<string, TimeZone>([
  ['UTC', UTC],
  ['Etc/UTC', UTC],
]);

/** The zone named `name` (IANA), or UTC when there is none of that name; the offsets come from Intl. */
export function timeZoneOf(name: string): TimeZone {
  let zone = zones.get(name);
  if (!zone) {
    zone = createZone(name) ?? UTC;
    zones.set(name, zone);
  }
  return zone;
}

/** The browser's own zone. */
export const localTimeZone = (): TimeZone => timeZoneOf(new Intl.DateTimeFormat().resolvedOptions().timeZone);

function createZone(name: string): TimeZone | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null; // RangeError: no such zone
  }
  // Offsets change on quarter hours only (since 1972), so one look per quarter hour is enough.
  const cache = new Map<number, number>();
  return {
    name,
    offsetMs(timeMs) {
      const slot = Math.floor(timeMs / CACHE_SLOT_MS);
      let offset = cache.get(slot);
      if (offset === undefined) {
        if (cache.size >= CACHE_SIZE_MAX) cache.clear();
        offset = offsetByParts(format, slot * CACHE_SLOT_MS);
        cache.set(slot, offset);
      }
      return offset;
    },
  };
}

function offsetByParts(format: Intl.DateTimeFormat, timeMs: number): number {
  let year = 0;
  let month = 0;
  let day = 0;
  let hour = 0;
  let minute = 0;
  let second = 0;
  for (const { type, value } of format.formatToParts(timeMs)) {
    const number = Number(value);
    if (type === 'year') year = number;
    else if (type === 'month') month = number;
    else if (type === 'day') day = number;
    else if (type === 'hour') hour = number;
    else if (type === 'minute') minute = number;
    else if (type === 'second') second = number;
  }
  return Date.UTC(year, month - 1, day, hour, minute, second) - timeMs;
}

/**
 * The moment (ms UTC) at which clocks in `zone` show `localMs` (a civil time written as if it were UTC). When clocks
 * show it twice, the first; when they skip it, the moment as much after the change as it lies after the skipped edge.
 */
export function utcOfLocal(zone: TimeZone, localMs: number): number {
  const before = zone.offsetMs(localMs - 86_400_000);
  const after = zone.offsetMs(localMs + 86_400_000);
  const early = localMs - Math.max(before, after);
  if (zone.offsetMs(early) === localMs - early) return early;
  const late = localMs - Math.min(before, after);
  return zone.offsetMs(late) === localMs - late ? late : localMs - before;
}

/** `UTC`, `UTC+2`, `UTC−3:30`: the zone's offset at `timeMs` for a label. */
export function offsetLabel(zone: TimeZone, timeMs: number): string {
  const minutes = Math.round(zone.offsetMs(timeMs) / 60_000);
  if (minutes === 0) return 'UTC';
  const rest = Math.abs(minutes) % 60;
  const hours = Math.floor(Math.abs(minutes) / 60);
  return `UTC${minutes > 0 ? '+' : '−'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}
