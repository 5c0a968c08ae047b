import { Candles, type CandleRow } from '@wickworks/core';
import { describe, expect, it } from 'vitest';
import { jumpsOf } from './engine-worker-jumps.js';

const series = (symbol: string, prices: readonly (readonly [open: number, close: number])[]) => ({
  ...({ exchange: 'local', symbol, timeframe: '1h' } as const),
  candles: Candles.fromRows(
    prices.map(([open, close], at): CandleRow => [
      at * 3_600_000,
      open,
      Math.max(open, close),
      Math.min(open, close),
      close,
      1,
    ]),
  ),
});

describe('jumps of the price between candles', () => {
  it('are told by market: the largest, where it is, and of how many', () => {
    const rows = [
      [100, 100],
      [85, 90],
      [90, 200],
      [100, 101],
      [110, 111],
    ] as const;
    expect(jumpsOf([series('A/USDT', rows), series('B/USDT', rows.slice(2, 3))])).toEqual([
      { symbol: 'A/USDT', timeMs: 3 * 3_600_000, ratio: -0.5, count: 2 },
    ]);
  });

  it('are none where each candle opens near the close before, however far it goes', () => {
    expect(
      jumpsOf([
        series('A/USDT', [
          [100, 250],
          [250, 40],
          [43, 43],
        ]),
      ]),
    ).toEqual([]);
    expect(jumpsOf([series('A/USDT', [])])).toEqual([]);
  });
});
