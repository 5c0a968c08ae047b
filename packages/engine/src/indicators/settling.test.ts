import { copyColumns, type CandleColumns } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyParams } from '../../golden/any-params.js';
import { readCandles } from '../../golden/talib.js';
import { calculate, warmupByOutput } from './calculate.js';
import type { IndicatorDefinition } from './define.js';
import type { ParamValues } from './params.js';
import { indicators, parseParams } from './registry.js';
import { settling, settlingByOutput, type Settling } from './settling.js';

/** The longer memory of an average is measured in thousands of candles: a year of hours is enough for all of them. */
const whole: CandleColumns = readCandles('btcusdt-1h-2021');
/** Not a midnight, so that the first session is a part of one. */
const OFFSET = 4_007;
const late = copyColumns(whole, OFFSET, whole.length);

/** Sums over windows are rounded by where they were begun. */
const WINDOW_TOLERANCE = 1e-9;
/** A millionth of the start is left; the start may have been a few times as large as anything later. */
const FADE_TOLERANCE = 1e-5;
/** `market`: what has to happen first has happened by then. */
const TAIL = 500;

/** The last candle on which an output differs by more than `tolerance` of its largest value when the data begins later; −1: none. */
function lastDifference(long: Float64Array, short: Float64Array, tolerance: number): number {
  const scale = short.reduce((most, value) => Math.max(most, Number.isNaN(value) ? 0 : Math.abs(value)), 0);
  for (let i = short.length - 1; i >= 0; i--) {
    const [a, b] = [long[i + OFFSET]!, short[i]!];
    if (Number.isNaN(a) !== Number.isNaN(b)) return i;
    if (Math.abs(a - b) > tolerance * scale) return i;
  }
  return -1;
}

function check(definition: IndicatorDefinition, params: ParamValues): void {
  const begins = warmupByOutput(definition, params);
  const long = calculate(definition, params, whole);
  const short = calculate(definition, params, late);
  for (const [name, found] of Object.entries(settlingByOutput(definition, params))) {
    const tolerance = found.kind === 'window' ? WINDOW_TOLERANCE : FADE_TOLERANCE;
    const last = lastDifference(long[name]!, short[name]!, tolerance);
    const label = `${definition.id}.${name} ${JSON.stringify(params)} (${found.kind}): differs until ${String(last)}`;
    expect(found.candles, label).toBeGreaterThanOrEqual(begins[name]!);
    switch (found.kind) {
      case 'window':
        expect(found.candles, label).toBe(begins[name]);
        expect(last, label).toBeLessThan(found.candles);
        break;
      case 'fades':
        expect(last, label).toBeLessThan(found.candles);
        break;
      case 'market':
        // Anchored before the data, there is no session to wait for; a year of hours has one year.
        if (definition.id !== 'vwap-anchored' && params['session'] !== 'year')
          expect(last, label).toBeLessThan(short[name]!.length - TAIL);
        break;
      case 'forever':
        expect(found.candles).toBe(Infinity);
    }
  }
}

const defaultsOf = (definition: IndicatorDefinition): ParamValues => {
  const params = parseParams(definition);
  if (!params.ok) throw new Error(definition.id);
  return params.value;
};

describe.each([...indicators.values()].map((definition) => [definition.id, definition] as const))(
  '%s',
  (_id, definition) => {
    test('shows the same from its declared settling on, wherever the data begins', () => {
      check(definition, defaultsOf(definition));
    });

    test('does so with any parameters', () => {
      fc.assert(
        fc.property(anyParams(definition), (params) => {
          if (settling(definition, params).candles < late.length - TAIL) check(definition, params);
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
