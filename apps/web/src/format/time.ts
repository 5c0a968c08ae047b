import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND } from '@wickworks/core';

/** The IANA zone that a time zone choice means: `utc`, `local`, `exchange` (all of ours count in UTC) or a name. */
export function zoneName(choice: string): string {
  if (choice === 'local') return Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (choice === 'utc' || choice === 'exchange') return 'UTC';
  try {
    return Intl.DateTimeFormat('en', { timeZone: choice }).resolvedOptions().timeZone;
  } catch {
    return 'UTC'; // saved by a browser that knew more zones than this one
  }
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

export interface DateParts {
  /** `2026-11-20`. */
  date: string;
  /** `23:59`. */
  minute: string;
  /** `23:59:59`. */
  second: string;
}

/** Date and time of `timeMs` in the IANA zone `zone`. */
export function dateParts(timeMs: number, zone: string): DateParts {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const part of formatterFor(zone).formatToParts(timeMs)) parts[part.type] = part.value;
  const minute = `${parts.hour ?? ''}:${parts.minute ?? ''}`;
  return {
    date: `${parts.year ?? ''}-${parts.month ?? ''}-${parts.day ?? ''}`,
    minute,
    second: `${minute}:${parts.second ?? ''}`,
  };
}

/** `2026-11-20 23:59` in the IANA zone `zone`. */
export function formatDateTime(timeMs: number, zone: string): string {
  const { date, minute } = dateParts(timeMs, zone);
  return `${date} ${minute}`;
}

const AGE_UNITS = [
  [MS_PER_DAY, 'd'],
  [MS_PER_HOUR, 'h'],
  [MS_PER_MINUTE, 'min'],
  [MS_PER_SECOND, 's'],
] as const;

/** A duration in its largest whole unit: `14 s`, `3 min`; below a second, and for clocks slightly apart, `0 s`. */
export function formatAge(ms: number): string {
  for (const [unit, name] of AGE_UNITS) if (ms >= unit) return `${String(Math.floor(ms / unit))} ${name}`;
  return '0 s';
}

/** A duration in its two largest units: `3 d 4 h`, `12 min 5 s`. */
export function formatDuration(ms: number): string {
  const first = AGE_UNITS.findIndex(([unit]) => ms >= unit);
  if (first < 0) return '0 s';
  const words: string[] = [];
  let rest = ms;
  for (const [unit, name] of AGE_UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0) words.push(`${String(count)} ${name}`);
  }
  return words.join(' ');
}
