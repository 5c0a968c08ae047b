import { describe, expect, test } from 'vitest';
import { readCandles } from '../../golden/talib.js';
import { calculate } from './calculate.js';
import { findIndicator, parseParams } from './registry.js';

const DECIMALS = 100_000_000;

/** a / b as the nearest float of a quotient of whole numbers. */
function quotient(a: bigint, b: bigint): number {
  const SCALE = 10n ** 40n;
  return Number((a * SCALE) / b) / 1e40;
}

const whole = (price: number): bigint => BigInt(Math.round(price * DECIMALS));

function column(id: string, raw: Record<string, number>, market: string): Float64Array {
  const definition = findIndicator(id)!;
  const params = parseParams(definition, raw);
  if (!params.ok) throw new Error(id);
  return Object.values(calculate(definition, params.value, readCandles(market)))[0]!;
}

describe.each(['btcusdt-1h', 'avaxusdt-1m'])('exact arithmetic over %s', (market) => {
  const prices = Array.from(readCandles(market).close, whole);

  test.each([3, 20, 41])('variance of %i', (n) => {
    const got = column('var', { period: n }, market);
    for (let i = n - 1; i < prices.length; i++) {
      const window = prices.slice(i - n + 1, i + 1);
      const sum = window.reduce((a, b) => a + b, 0n);
      const squares = window.reduce((a, b) => a + b * b, 0n);
      const want = quotient(BigInt(n) * squares - sum * sum, BigInt(n * n) * BigInt(DECIMALS) ** 2n);
      expect(Math.abs(got[i]! - want)).toBeLessThanOrEqual(1e-10 * want);
    }
  });

  test.each([3, 14, 41])('regression slope of %i', (n) => {
    const got = column('linearreg-slope', { period: n }, market);
    for (let i = n - 1; i < prices.length; i++) {
      const window = prices.slice(i - n + 1, i + 1);
      const sum = window.reduce((a, b) => a + b, 0n);
      const weighted = window.reduce((a, b, k) => a + b * BigInt(k), 0n);
      const N = BigInt(n);
      const top = 12n * weighted - 6n * (N - 1n) * sum;
      const want = quotient(top, N * (N * N - 1n) * BigInt(DECIMALS));
      const scale = Math.max(Math.abs(want), Number(window[0]!) / DECIMALS / 1e6);
      expect(Math.abs(got[i]! - want)).toBeLessThanOrEqual(1e-10 * scale);
    }
  });
});
