import { Candles } from '@wickworks/core';
import { describe, expect, test } from 'vitest';
import { checkDrift, defaults, longMarket } from '../../golden/indicator-checks.js';
import { calculate } from './calculate.js';
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

describe('after ten million candles too', () => {
  const long = longMarket(10_000_000);

  test('what is carried on is that of a fresh start', () => {
    for (const [id, raw] of CASES) {
      const definition = findIndicator(id)!;
      const params = parseParams(definition, raw);
      expect(params.ok, id).toBe(true);
      if (params.ok) checkDrift(definition, params.value, long, TAIL);
    }
  }, 240_000);

  /** What goes back to the first candle, by sums that lose no digit. */
  const { high, low, close, volume } = long;
  const typical = (i: number): number => (high[i]! + low[i]! + close[i]!) / 3;
  const since = (i: number): number => (i === 0 ? 0 : close[i]! - close[i - 1]!);
  const place = (i: number): number => {
    const range = high[i]! - low[i]!;
    return range > 0 ? (close[i]! - low[i]! - (high[i]! - close[i]!)) / range : 0;
  };
  test.each([
    ['cum', 'cum', () => total((i) => volume[i]!)],
    ['obv', 'obv', () => total((i) => (i === 0 ? volume[0]! : Math.sign(since(i)) * volume[i]!))],
    ['ad', 'ad', () => total((i) => place(i) * volume[i]!)],
    ['pvt', 'pvt', () => total((i) => (i === 0 ? 0 : (volume[i]! * since(i)) / close[i - 1]!))],
    ['vwap-cumulative', 'vwap', () => total((i) => typical(i) * volume[i]!) / total((i) => volume[i]!)],
    ['vwap-anchored', 'vwap', () => total((i) => typical(i) * volume[i]!) / total((i) => volume[i]!)],
  ] as const)('%s has lost no more than a billionth', (id, output, reference) => {
    const definition = findIndicator(id)!;
    const column = calculate(definition, defaults(definition), long)[output]!;
    const scale = Math.max(Math.abs(column.at(-1)!), SUMS.has(id) ? largest(column) : 0);
    expect(Math.abs(column.at(-1)! - reference())).toBeLessThan(1e-9 * scale);
  });

  test.each([
    ['nvi', 0],
    ['pvi', 1],
  ] as const)('%s has lost no more than a billionth', (id, parity) => {
    // Volume rises and falls in turn; in the market above it goes with the price, and the index with it to infinity.
    const { time, open } = long;
    const turns = Float64Array.from({ length: long.length }, (_, i) => 1 + (i % 2));
    const market = Candles.wrap({ time, open, high, low, close, volume: turns });
    const definition = findIndicator(id)!;
    const index = calculate(definition, defaults(definition), market)[id]!.at(-1)!;
    const want = 1_000 * product((i) => (i > 0 && i % 2 === parity ? close[i]! / close[i - 1]! : 1));
    expect(Math.abs(index - want)).toBeLessThan(1e-9 * want);
  });

  /** Sums that may come back to nothing are held to the largest they have been. */
  const SUMS: ReadonlySet<string> = new Set(['obv', 'ad', 'pvt']);
  const largest = (column: Float64Array): number => column.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

  /** Neumaier's sum. */
  function total(valueOf: (i: number) => number): number {
    let sum = 0;
    let lost = 0;
    for (let i = 0; i < long.length; i++) {
      const value = valueOf(i);
      const next = sum + value;
      lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sum = next;
    }
    return sum + lost;
  }

  /** By halves: each factor is rounded some twenty times, not millions of times. */
  function product(factorOf: (i: number) => number, from = 0, to = long.length): number {
    if (to - from === 1) return factorOf(from);
    const middle = (from + to) >> 1;
    return product(factorOf, from, middle) * product(factorOf, middle, to);
  }
});
