import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  candlesBetween,
  closeTimeOf,
  isTimeframe,
  openTimeAt,
  shiftOpenTime,
  tiles,
  timeframeMs,
  TIMEFRAMES,
  type Timeframe,
} from './timeframe.js';

const at = (text: string): number => Date.parse(text);
const timeframe = fc.constantFrom(...TIMEFRAMES);
const time = fc.integer({ min: 0, max: at('2100-01-01T00:00:00Z') });

describe('openTimeAt', () => {
  it.each<[Timeframe, string, string]>([
    ['1m', '2024-02-29T12:34:56.789Z', '2024-02-29T12:34:00Z'],
    ['4h', '2024-02-29T12:34:56Z', '2024-02-29T12:00:00Z'],
    ['1d', '2024-02-29T23:59:59.999Z', '2024-02-29T00:00:00Z'],
    // 2024-03-03 is a Sunday, 2024-03-04 a Monday.
    ['1w', '2024-03-03T23:59:59.999Z', '2024-02-26T00:00:00Z'],
    ['1w', '2024-03-04T00:00:00Z', '2024-03-04T00:00:00Z'],
    ['1M', '2024-02-29T12:00:00Z', '2024-02-01T00:00:00Z'],
    ['1M', '2023-12-31T23:59:59.999Z', '2023-12-01T00:00:00Z'],
    // 3-day candles count from the epoch: 19,782 days is a multiple of three.
    ['3d', '2024-03-01T00:00:00Z', '2024-02-29T00:00:00Z'],
  ])('%s candle of %s opens at %s', (width, moment, opens) => {
    expect(openTimeAt(width, at(moment))).toBe(at(opens));
  });

  it('opens at or before the moment and closes after it', () => {
    fc.assert(
      fc.property(timeframe, time, (width, moment) => {
        const opens = openTimeAt(width, moment);
        return opens <= moment && moment < closeTimeOf(width, opens) && openTimeAt(width, opens) === opens;
      }),
    );
  });

  it('opens every week on a Monday and every month on its first, in UTC', () => {
    fc.assert(
      fc.property(time, (moment) => {
        const month = new Date(openTimeAt('1M', moment));
        return new Date(openTimeAt('1w', moment)).getUTCDay() === 1 && month.getUTCDate() === 1;
      }),
    );
  });
});

describe('shiftOpenTime', () => {
  it('follows the calendar over months and years', () => {
    expect(shiftOpenTime('1M', at('2024-01-01T00:00:00Z'), -1)).toBe(at('2023-12-01T00:00:00Z'));
    expect(shiftOpenTime('1M', at('2023-11-01T00:00:00Z'), 14)).toBe(at('2025-01-01T00:00:00Z'));
  });

  it('is what candlesBetween counts, and goes back the same way', () => {
    fc.assert(
      fc.property(timeframe, time, fc.integer({ min: 0, max: 500 }), (width, moment, count) => {
        const from = openTimeAt(width, moment);
        const to = shiftOpenTime(width, from, count);
        return candlesBetween(width, from, to) === count && shiftOpenTime(width, to, -count) === from;
      }),
    );
  });
});

describe('tiles', () => {
  it('is true exactly when every wide candle begins with a narrow one', () => {
    fc.assert(
      fc.property(timeframe, timeframe, time, (narrow, wide, moment) => {
        if (!tiles(narrow, wide)) return true;
        const opens = openTimeAt(wide, moment);
        const closes = closeTimeOf(wide, opens);
        return openTimeAt(narrow, opens) === opens && openTimeAt(narrow, closes) === closes;
      }),
    );
  });

  it.each<[Timeframe, Timeframe, boolean]>([
    ['1m', '1M', true],
    ['1w', '1M', false],
    ['3d', '1M', false],
    ['3d', '1w', false],
    ['1d', '1w', true],
    ['1d', '3d', true],
    ['8h', '12h', false],
    ['2h', '1h', false],
  ])('%s tiles %s: %s', (narrow, wide, answer) => {
    expect(tiles(narrow, wide)).toBe(answer);
  });
});

describe('timeframes', () => {
  it('are listed narrowest first', () => {
    const widths = TIMEFRAMES.map(timeframeMs);
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
  });

  it('are told from other text', () => {
    expect([isTimeframe('1m'), isTimeframe('1M'), isTimeframe('2m'), isTimeframe('')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
