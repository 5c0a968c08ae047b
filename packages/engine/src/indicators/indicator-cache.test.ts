import { copyColumns, rowAt, type CandleColumns } from '@wickworks/core';
import { describe, expect, it } from 'vitest';
import { walk } from '../../golden/walk.js';
import { calculate } from './calculate.js';
import { IndicatorCache } from './indicator-cache.js';
import { smaIndicator } from './sma.js';

const params = (period: number): { period: number; source: string } => ({ period, source: 'close' });

function values(cache: IndicatorCache, candles: CandleColumns, period: number): Float64Array {
  const runner = cache.runnerOf(smaIndicator, params(period), candles);
  runner.append();
  return runner.outputs['sma']!.values.slice(0, candles.length);
}

const fresh = (candles: CandleColumns, period: number): Float64Array =>
  calculate(smaIndicator, params(period), candles)['sma']!;

describe('indicators kept for runs over the same candles', () => {
  it('are the same runner for the same question, whatever the order of the parameters, and another for another', () => {
    const cache = new IndicatorCache();
    const candles = walk(1, 100);
    const first = cache.runnerOf(smaIndicator, { period: 5, source: 'close' }, candles);
    expect(cache.runnerOf(smaIndicator, { source: 'close', period: 5 }, candles)).toBe(first);
    expect(cache.runnerOf(smaIndicator, params(6), candles)).not.toBe(first);
    expect(cache.runnerOf(smaIndicator, params(5), copyColumns(candles))).not.toBe(first);
  });

  it('go on with candles that were appended', () => {
    const cache = new IndicatorCache();
    const whole = walk(2, 200);
    const candles = copyColumns(whole, 0, 120);
    expect(values(cache, candles, 9)).toEqual(fresh(candles, 9));
    for (let i = 120; i < whole.length; i++) candles.push(rowAt(whole, i));
    expect(values(cache, candles, 9)).toEqual(fresh(whole, 9));
  });

  it('are calculated anew when a candle was corrected, dropped or taken back', () => {
    const cache = new IndicatorCache();
    const candles = walk(3, 200);
    values(cache, candles, 9);
    const [time, open, high, low, close, volume] = rowAt(candles, 50);
    candles.set(50, [time, open, high * 2, low, close * 2, volume]);
    expect(values(cache, candles, 9)).toEqual(fresh(candles, 9));
    candles.dropFirst(20);
    expect(values(cache, candles, 9)).toEqual(fresh(candles, 9));
    candles.truncate(100);
    expect(values(cache, candles, 9)).toEqual(fresh(candles, 9));
  });

  it('are not kept of columns that cannot say whether they changed', () => {
    const cache = new IndicatorCache();
    const { length, time, open, high, low, close, volume } = walk(4, 50);
    const bare: CandleColumns = { length, time, open, high, low, close, volume };
    const first = cache.runnerOf(smaIndicator, params(5), bare);
    expect(cache.runnerOf(smaIndicator, params(5), bare)).not.toBe(first);
  });

  it('leave in the order in which they were asked for last', () => {
    const cache = new IndicatorCache();
    const candles = walk(5, 50);
    const first = cache.runnerOf(smaIndicator, params(2), candles);
    const second = cache.runnerOf(smaIndicator, params(3), candles);
    for (let period = 4; period < 13; period++) cache.runnerOf(smaIndicator, params(period), candles);
    cache.runnerOf(smaIndicator, params(2), candles);
    for (let period = 20; period < 22; period++) cache.runnerOf(smaIndicator, params(period), candles);
    expect(cache.runnerOf(smaIndicator, params(2), candles)).toBe(first);
    expect(cache.runnerOf(smaIndicator, params(3), candles)).not.toBe(second);
  });
});
