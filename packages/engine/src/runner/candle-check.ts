import { Candles, type CandleColumns } from '@wickworks/core';

/** What is wrong with the candle at `index`. */
interface CandleFault {
  readonly index: number;
  readonly reason: string;
}

/** How many first candles were found sound, and which state of them that holds for. */
interface Checked {
  readonly revision: number;
  readonly length: number;
}

const checked = new WeakMap<Candles, Checked>();

/**
 * The first candle that is none, or null. A single NaN would silently turn the whole equity curve into NaN. Candles
 * that were found sound before and have only been appended to since are not looked at again.
 */
export function faultOfCandles(candles: CandleColumns): CandleFault | null {
  if (!(candles instanceof Candles)) return firstFault(candles, 0);
  const { length, revision } = candles;
  const before = checked.get(candles);
  const fault = firstFault(candles, before?.revision === revision ? before.length : 0);
  if (fault === null) checked.set(candles, { revision, length });
  return fault;
}

function firstFault(candles: CandleColumns, from: number): CandleFault | null {
  const { length, time, open, high, low, close, volume } = candles;
  for (let i = from; i < length; i++) {
    const o = open[i]!;
    const h = high[i]!;
    const l = low[i]!;
    const c = close[i]!;
    if (!(l > 0 && l <= o && l <= c && h >= o && h >= c && h < Infinity))
      return { index: i, reason: 'prices make no candle' };
    if (!(volume[i]! >= 0 && volume[i]! < Infinity)) return { index: i, reason: 'volume is not a number of 0 or more' };
    if (i > 0 && !(time[i]! > time[i - 1]!)) return { index: i, reason: 'open times do not rise' };
  }
  return null;
}
