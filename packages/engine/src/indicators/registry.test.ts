import { expect, test } from 'vitest';
import { findIndicator, parseParams, parseTalibParams } from './registry.js';

const bands = findIndicator('bbands')!;

test('finds by id and by TA-Lib name in any case', () => {
  expect(findIndicator('talib:bbands')).toBe(bands);
  expect(findIndicator('talib:CDLDOJI')?.id).toBe('doji');
  expect(findIndicator('BBANDS')).toBeUndefined();
  expect(findIndicator('talib:NONSENSE')).toBeUndefined();
});

test('fills defaults and takes numbers written as text', () => {
  const parsed = parseParams(bands, { period: '30', source: 'hl2' });
  expect(parsed).toEqual({ ok: true, value: { source: 'hl2', period: 30, up: 2, down: 2, type: 'sma' } });
});

test('names every wrong field', () => {
  const parsed = parseParams(bands, { period: 2.5, up: 'much', type: 'best', length: 3, down: NaN });
  expect(parsed.ok).toBe(false);
  expect(parsed.ok ? [] : parsed.error.map(({ field }) => field).sort()).toEqual([
    'down',
    'length',
    'period',
    'type',
    'up',
  ]);
});

test("takes TA-Lib's names and kinds of average, and keeps the caller's spelling in issues", () => {
  const parsed = parseTalibParams(bands, { TIME_PERIOD: 10, nbDevUp: 1, MAType: 2 });
  expect(parsed).toMatchObject({ ok: true, value: { period: 10, up: 1, down: 2, type: 'wma' } });
  expect(parseTalibParams(bands, { matype: 77, TimePeriod: 0 })).toMatchObject({
    ok: false,
    error: [{ field: 'TimePeriod' }, { field: 'matype' }],
  });
  expect(parseTalibParams(bands, { period: 10 })).toMatchObject({ ok: false, error: [{ field: 'period' }] });
});
