import { readFileSync } from 'node:fs';
import { Candles, type CandleRow } from '@wickworks/core';
import { expect, test } from 'vitest';
import { calculate } from './calculate.js';
import { ratingIndicator } from './rating.js';

interface Sample {
  readonly candles: readonly CandleRow[];
  readonly expected: { recommendAll: number; recommendMa: number; recommendOther: number; barOpenTimeMs: number };
}

test("gives TradingView's own rating of a recorded market", () => {
  const file = new URL('../../golden/tradingview-rating.json', import.meta.url);
  const { candles, expected } = JSON.parse(readFileSync(file, 'utf8')) as Sample;
  const last = candles.findIndex(([time]) => time === expected.barOpenTimeMs);
  expect(last).toBeGreaterThan(200);
  const { all, averages, oscillators } = calculate(ratingIndicator, {}, Candles.fromRows(candles));
  expect(averages?.[last]).toBeCloseTo(expected.recommendMa, 12);
  expect(oscillators?.[last]).toBeCloseTo(expected.recommendOther, 12);
  expect(all?.[last]).toBeCloseTo(expected.recommendAll, 12);
});
