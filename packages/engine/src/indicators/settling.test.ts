import type { CandleColumns } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyParams } from '../../golden/any-params.js';
import { checkSettling, defaults, SETTLING_TAIL } from '../../golden/indicator-checks.js';
import { readCandles } from '../../golden/talib.js';
import { indicators, parseParams } from './registry.js';
import { settling, type Settling } from './settling.js';

/** The longer memory of an average is measured in thousands of candles: a year of hours is enough for all of them. */
const whole: CandleColumns = readCandles('btcusdt-1h-2021');
/** Not a midnight, so that the first session is a part of one. */
const OFFSET = 4_007;

describe.each([...indicators.values()].map((definition) => [definition.id, definition] as const))(
  '%s',
  (_id, definition) => {
    test('shows the same from its declared settling on, wherever the data begins', () => {
      checkSettling(definition, defaults(definition), whole, OFFSET);
    });

    test('does so with any parameters', () => {
      fc.assert(
        fc.property(anyParams(definition), (params) => {
          const isLongEnough = settling(definition, params).candles < whole.length - OFFSET - SETTLING_TAIL;
          if (isLongEnough) checkSettling(definition, params, whole, OFFSET);
        }),
        { numRuns: 3, seed: 7 },
      );
    });
  },
);

const find = (id: string, raw: Record<string, unknown> = {}): Settling => {
  const definition = indicators.get(id)!;
  const params = parseParams(definition, raw);
  if (!params.ok) throw new Error(id);
  return settling(definition, params.value);
};

test('counts candles until a millionth is left of the start', () => {
  // (1 − 2 / 21) ^ 138 ≤ 1e-6, after the 19 candles of warm-up.
  expect(find('ema')).toEqual({ kind: 'fades', candles: 19 + 139 });
  expect((1 - 2 / 21) ** 139).toBeLessThanOrEqual(1e-6);
  expect((1 - 2 / 21) ** 137).toBeGreaterThan(1e-6);
  expect(find('sma')).toEqual({ kind: 'window', candles: 19 });
  expect(find('ma', { type: 'ema' }).kind).toBe('fades');
  expect(find('obv')).toEqual({ kind: 'forever', candles: Infinity });
  expect(find('supertrend').kind).toBe('market');
  // One average after the other adds up.
  expect(find('adx').candles).toBe(27 + 2 * 187);
});

test('the longest period there is takes its time, not the memory of everything', () => {
  const longest = find('sma', { period: 100_000 });
  expect(longest).toEqual({ kind: 'window', candles: 99_999 });
});
