import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { walk } from '../testing/test-source.js';
import { Candles } from '@wickworks/core';
import { candlesToCsv, plainDecimal } from './csv.js';
import { formatChange, formatCountdown, formatQuantity, formatTickQuantity } from './format.js';
import { formatPercent, valueTicks } from './value-ticks.js';
import { ValueScale } from './value-scale.js';

describe('texts of the chart', () => {
  it('writes quantities', () => {
    expect([0, 0.01234, 12.3456, 999.99, 1234.5, 12_345_678].map(formatQuantity)).toEqual([
      '0',
      '0.01234',
      '12.35',
      '1.000K',
      '1.234K',
      '12.35M',
    ]);
    expect([8000, 12_500_000, 0.25, 50, 1_000].map(formatTickQuantity)).toEqual(['8K', '12.5M', '0.25', '50', '1K']);
  });

  it('signs changes and percents, but not zero', () => {
    expect([formatChange(1.5, 2), formatChange(-1.5, 2), formatChange(0.001, 2)]).toEqual(['+1.50', '−1.50', '0.00']);
    expect([formatPercent(0.0123), formatPercent(-0.5), formatPercent(0)]).toEqual(['+1.23%', '−50.00%', '0.00%']);
  });

  it('counts down', () => {
    expect([0, 999, 59_000, 61_000, 3_725_000, 90_000_000, -5].map(formatCountdown)).toEqual([
      '00:00',
      '00:01',
      '00:59',
      '01:01',
      '1:02:05',
      '1d 01h',
      '00:00',
    ]);
  });

  it('exports numbers that read back exactly, without exponents', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = plainDecimal(value);
        expect(Number(text)).toBe(value === 0 ? 0 : value);
        expect(text).not.toContain('e');
      }),
    );
    const rows = walk(3);
    const csv = candlesToCsv(Candles.fromRows(rows), 1, 3).trim().split('\n');
    expect(csv[0]).toBe('time,open,high,low,close,volume');
    expect(csv.slice(1).map((line) => line.split(',').map(Number))).toEqual(rows.slice(1));
  });

  it('puts axis ticks on round values inside the range, linear and log', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e5, noNaN: true }),
        fc.double({ min: 1.0001, max: 1e5, noNaN: true }),
        fc.boolean(),
        (low, ratio, log) => {
          const scale = new ValueScale();
          scale.log = log;
          scale.place(0, 500);
          scale.setRange(low, low * ratio);
          const ticks = valueTicks(scale, 56, String);
          expect(ticks.length).toBeGreaterThan(1);
          for (let index = 0; index < ticks.length; index++) {
            expect(ticks[index]!.y).toBeGreaterThanOrEqual(-1e-6);
            expect(ticks[index]!.y).toBeLessThanOrEqual(500 + 1e-6);
            if (index > 0) expect(ticks[index - 1]!.y - ticks[index]!.y).toBeGreaterThan(14);
          }
        },
      ),
    );
  });
});
