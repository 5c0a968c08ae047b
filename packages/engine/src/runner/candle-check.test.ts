import { rowAt } from '@wickworks/core';
import { expect, it } from 'vitest';
import { walk } from '../../golden/walk.js';
import { faultOfCandles } from './candle-check.js';

it('candles found sound are looked at again when one was replaced, and new ones in any case', () => {
  const candles = walk(1, 50);
  expect(faultOfCandles(candles)).toBeNull();
  expect(faultOfCandles(candles)).toBeNull();

  const row = rowAt(candles, 49);
  candles.push([row[0] + 3_600_000, 1, 1, 1, NaN, 1]);
  expect(faultOfCandles(candles)).toEqual({ index: 50, reason: 'prices make no candle' });
  candles.truncate(50);
  expect(faultOfCandles(candles)).toBeNull();

  const [time, open, high, low, close] = rowAt(candles, 7);
  candles.set(7, [time, open, high, low, close, -1]);
  expect(faultOfCandles(candles)).toEqual({ index: 7, reason: 'volume is not a number of 0 or more' });
  candles.set(7, [time, open, high, low, close, 0]);
  expect(faultOfCandles(candles)).toBeNull();

  candles.dropFirst(3);
  candles.time[1] = candles.time[0]!;
  candles.dropFirst(0);
  expect(faultOfCandles(candles)).toEqual({ index: 1, reason: 'open times do not rise' });
});
