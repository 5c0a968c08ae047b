import { describe, expect, it } from 'vitest';
import { decimalsOfStep, formatChange, formatCompact, formatPrice } from './number.js';
import { formatAge, formatDateTime, formatDuration, zoneName } from './time.js';

describe('prices', () => {
  it('shows exactly the decimals of the step', () => {
    expect(decimalsOfStep('0.01000000')).toBe(2);
    expect(decimalsOfStep('1')).toBe(0);
    expect(decimalsOfStep('0.00000001')).toBe(8);
    expect(formatPrice(97123.4, 2)).toBe('97,123.40');
    expect(formatPrice(0.000012345, 8)).toBe('0.00001235');
  });

  it('shows six digits or so where the step is unknown', () => {
    expect(formatPrice(97123.456, null)).toBe('97,123.46');
    expect(formatPrice(1.23456789, null)).toBe('1.23457');
    expect(formatPrice(0.0000123456, null)).toBe('0.0000123456');
  });
});

describe('changes', () => {
  it('turns ratios into percent with a sign', () => {
    expect(formatChange(0.0123)).toBe('+1.23 %');
    expect(formatChange(-0.5)).toBe('−50.00 %');
    expect(formatChange(12.5)).toBe('+1,250.00 %');
  });

  it('gives nothing that rounds to zero a sign', () => {
    expect(formatChange(-0.000001)).toBe('0.00 %');
    expect(formatChange(0)).toBe('0.00 %');
    expect(formatChange(null)).toBe('–');
  });
});

it('shortens quantities without a jump at the units', () => {
  expect(formatCompact(12_345_678)).toBe('12.35M');
  expect(formatCompact(999_999)).toBe('1.00M');
  expect(formatCompact(999_000)).toBe('999.00K');
  expect(formatCompact(0.012345)).toBe('0.01235');
  expect(formatCompact(0)).toBe('0.00');
});

describe('times', () => {
  it('speaks in the chosen zone, daylight saving included', () => {
    const summer = Date.UTC(2026, 6, 1, 22, 30);
    expect(formatDateTime(summer, 'UTC')).toBe('2026-07-01 22:30');
    expect(formatDateTime(summer, 'Europe/Zurich')).toBe('2026-07-02 00:30');
    expect(formatDateTime(Date.UTC(2026, 0, 1, 0, 0), 'Europe/Zurich')).toBe('2026-01-01 01:00');
  });

  it('falls back to UTC for a zone this browser does not know', () => {
    expect(zoneName('Mars/Olympus')).toBe('UTC');
    expect(zoneName('exchange')).toBe('UTC');
  });

  it('tells ages in whole units and never below zero', () => {
    expect(formatAge(-50)).toBe('0 s');
    expect(formatAge(14_900)).toBe('14 s');
    expect(formatAge(3_600_000)).toBe('1 h');
    expect(formatDuration(3 * 86_400_000 + 4 * 3_600_000)).toBe('3 d 4 h');
    expect(formatDuration(725_000)).toBe('12 min 5 s');
    expect(formatDuration(3_600_000)).toBe('1 h');
  });
});
