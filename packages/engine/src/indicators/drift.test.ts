import { describe, expect, test } from 'vitest';
import { checkDrift, defaults, longMarket } from '../../golden/indicator-checks.js';
import { findIndicator, indicators, parseParams } from './registry.js';

/** Enough for the slowest average (KAMA) to forget its start three times over. */
const TAIL = 12_000;
const market = longMarket(200_000 + TAIL);

describe('after two hundred thousand candles the numbers are those of a fresh start', () => {
  test.each([...indicators.values()].map((definition) => [definition.id, definition] as const))(
    '%s',
    (_id, definition) => {
      checkDrift(definition, defaults(definition), market, TAIL);
    },
  );
});

/** One of each way of carrying sums on. */
const CASES = [
  ['sma', { period: 20 }],
  ['wma', { period: 20 }],
  ['bbands', { period: 20 }],
  ['var', { period: 50 }],
  ['vwma', { period: 20 }],
  ['cmf', { period: 20 }],
  ['linearreg', { period: 14 }],
  ['correl', { period: 30 }],
  ['beta', { period: 5 }],
  ['max', { period: 30 }],
  ['median', { period: 9 }],
  ['cci', { period: 20 }],
  ['mfi', { period: 14 }],
  ['kama', { period: 10 }],
  ['rsi', { period: 14 }],
  ['ema', { period: 20 }],
  ['adx', { period: 14 }],
  ['obv', {}],
] as const;

test('after ten million candles too', () => {
  const long = longMarket(10_000_000);
  for (const [id, raw] of CASES) {
    const definition = findIndicator(id)!;
    const params = parseParams(definition, raw);
    expect(params.ok, id).toBe(true);
    if (params.ok) checkDrift(definition, params.value, long, TAIL);
  }
}, 240_000);
