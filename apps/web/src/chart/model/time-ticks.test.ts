import { Candles, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE } from '@wickworks/core';
import { describe, expect, it } from 'vitest';
import { formatTime, timeTicks } from './time-ticks.js';
import { offsetLabel, timeZoneOf, utcOfLocal, UTC } from './time-zone.js';

function every(candleMs: number, from: string, count: number, skip: (index: number) => boolean = () => false): Candles {
  const candles = new Candles(count);
  const start = Date.parse(from);
  for (let index = 0; index < count; index++) {
    if (!skip(index)) candles.push([start + index * candleMs, 1, 1, 1, 1, 1]);
  }
  return candles;
}

function labels(candles: Candles, candleMs: number, candlesApart: number, zone = UTC): string[] {
  return timeTicks({ candles, candleMs, from: 0, to: candles.length - 1, candlesApart, zone }).map(
    ({ label }) => label,
  );
}

describe('timeTicks', () => {
  it('steps by hours inside a day and names the new day', () => {
    const candles = every(15 * MS_PER_MINUTE, '2024-03-01T18:00Z', 48);
    expect(labels(candles, 15 * MS_PER_MINUTE, 8)).toEqual(['18:00', '20:00', '22:00', '2 Mar', '02:00', '04:00']);
  });

  it('steps by days and names the month, by months and names the year', () => {
    expect(labels(every(MS_PER_DAY, '2023-12-26T00:00Z', 20), MS_PER_DAY, 5)).toEqual([
      '26 Dec',
      '2024',
      '6 Jan',
      '11 Jan',
    ]);
    expect(labels(every(MS_PER_DAY, '2023-10-15T00:00Z', 150), MS_PER_DAY, 25)).toEqual([
      'Nov',
      'Dec',
      '2024',
      'Feb',
      'Mar',
    ]);
  });

  it('labels the second 01:00 when clocks go back, and skips the lost hour when they go forward', () => {
    const zurich = timeZoneOf('Europe/Zurich');
    const autumn = every(MS_PER_HOUR / 2, '2024-10-26T22:00Z', 14);
    expect(labels(autumn, MS_PER_HOUR / 2, 2, zurich)).toEqual([
      '27 Oct',
      '01:00',
      '02:00',
      '02:00',
      '03:00',
      '04:00',
      '05:00',
    ]);
    const spring = every(MS_PER_HOUR / 2, '2024-03-30T23:00Z', 12);
    expect(labels(spring, MS_PER_HOUR / 2, 2, zurich)).toEqual(['31 Mar', '01:00', '03:00', '04:00', '05:00', '06:00']);
    const wide = every(MS_PER_HOUR, '2024-03-30T23:00Z', 30);
    expect(labels(wide, MS_PER_HOUR, 6, zurich)).toEqual(['31 Mar', '06:00', '12:00', '18:00', '1 Apr', '06:00']);
  });

  it('stands on candles only, with their own times, where candles are missing', () => {
    const gappy = every(MS_PER_MINUTE, '2024-03-01T00:00Z', 120, (index) => index >= 25 && index < 67);
    const ticks = timeTicks({
      candles: gappy,
      candleMs: MS_PER_MINUTE,
      from: 0,
      to: gappy.length - 1,
      candlesApart: 10,
      zone: UTC,
    });
    for (const { index, timeMs } of ticks) expect(gappy.time[index]).toBe(timeMs);
    expect(ticks.map(({ label }) => label)).toContain('01:07');
  });

  it('goes on beyond the newest candle', () => {
    const candles = every(MS_PER_MINUTE, '2024-03-01T00:00Z', 10);
    const ticks = timeTicks({ candles, candleMs: MS_PER_MINUTE, from: 5, to: 25, candlesApart: 5, zone: UTC });
    expect(ticks.map(({ index, label }) => [index, label])).toEqual([
      [5, '00:05'],
      [10, '00:10'],
      [15, '00:15'],
      [20, '00:20'],
      [25, '00:25'],
    ]);
  });

  it('keeps its distance over a century of any zoom', () => {
    const candles = every(MS_PER_DAY, '1975-01-01T00:00Z', 18_000);
    for (const candlesApart of [1, 3, 12, 40, 130, 900, 3000]) {
      const ticks = timeTicks({ candles, candleMs: MS_PER_DAY, from: 0, to: 18_000, candlesApart, zone: UTC });
      expect(ticks.length).toBeGreaterThan(3);
      for (let index = 1; index < ticks.length; index++) {
        expect(ticks[index]!.index - ticks[index - 1]!.index).toBeGreaterThanOrEqual(candlesApart * 0.7);
      }
    }
  });

  it('has nothing to say without candles', () => {
    expect(labels(new Candles(), 1000, 5)).toEqual([]);
  });
});

describe('time zones', () => {
  it('knows offsets on both sides of a change', () => {
    const zone = timeZoneOf('America/New_York');
    expect(zone.offsetMs(Date.parse('2024-03-10T06:59Z'))).toBe(-5 * MS_PER_HOUR);
    expect(zone.offsetMs(Date.parse('2024-03-10T07:00Z'))).toBe(-4 * MS_PER_HOUR);
    expect(offsetLabel(zone, Date.parse('2024-07-01T00:00Z'))).toBe('UTC−4');
    expect(offsetLabel(timeZoneOf('Asia/Kolkata'), 0)).toBe('UTC+5:30');
  });

  it('finds the first of two equal local times and leaves a skipped one', () => {
    const zone = timeZoneOf('Europe/Zurich');
    expect(utcOfLocal(zone, Date.parse('2024-10-27T02:30Z'))).toBe(Date.parse('2024-10-27T00:30Z'));
    expect(utcOfLocal(zone, Date.parse('2024-03-31T02:30Z'))).toBe(Date.parse('2024-03-31T01:30Z'));
    expect(utcOfLocal(zone, Date.parse('2024-06-01T12:00Z'))).toBe(Date.parse('2024-06-01T10:00Z'));
  });

  it('falls back to UTC for a name that is none', () => {
    expect(timeZoneOf('Mars/Olympus')).toBe(UTC);
  });

  it('writes the whole time', () => {
    const noon = Date.parse('2024-03-01T11:05:09Z');
    expect(formatTime(noon, MS_PER_MINUTE, timeZoneOf('Europe/Zurich'))).toBe('Fri 01 Mar 2024 12:05');
    expect(formatTime(noon, 1000, UTC)).toBe('Fri 01 Mar 2024 11:05:09');
    expect(formatTime(noon, MS_PER_DAY, UTC)).toBe('Fri 01 Mar 2024');
  });
});
