import type { CandleColumns } from '@wickworks/core';
import type { CandleReadout } from './chart-options.js';

/** The candle at `index` in numbers, or null outside. */
export function readoutAt(candles: CandleColumns, index: number, forming: boolean): CandleReadout | null {
  if (index < 0 || index >= candles.length) return null;
  const close = candles.close[index]!;
  const previous = index > 0 ? candles.close[index - 1]! : candles.open[index]!;
  return {
    index,
    openTimeMs: candles.time[index]!,
    open: candles.open[index]!,
    high: candles.high[index]!,
    low: candles.low[index]!,
    close,
    volume: candles.volume[index]!,
    change: close - previous,
    changeRatio: close / previous - 1,
    forming: forming && index === candles.length - 1,
  };
}

/** Of the candle's open, high, low and close the one nearest to `y`, given how prices map to pixels. */
export function snapPrice(candles: CandleColumns, index: number, y: number, toY: (price: number) => number): number {
  let best = candles.close[index]!;
  for (const price of [candles.open[index]!, candles.high[index]!, candles.low[index]!]) {
    if (Math.abs(toY(price) - y) < Math.abs(toY(best) - y)) best = price;
  }
  return best;
}
