import { rowAt, type CandleColumns } from './candle-columns.js';
import { candleFault } from './candle.js';

/** Why `candles` are no series (open times must rise, each candle must be sound), or `null` when they are. */
export function candlesFault(candles: CandleColumns): string | null {
  const { time, open, high, low, close, volume } = candles;
  for (let index = 0; index < candles.length; index++) {
    const top = high[index]!;
    const bottom = low[index]!;
    const isSound =
      bottom > 0 &&
      top < Infinity &&
      open[index]! >= bottom &&
      open[index]! <= top &&
      close[index]! >= bottom &&
      close[index]! <= top &&
      volume[index]! >= 0 &&
      volume[index]! < Infinity &&
      Number.isSafeInteger(time[index]) &&
      time[index]! >= 0;
    if (!isSound) return `candle ${index}: ${candleFault(rowAt(candles, index)) ?? 'is not sound'}`;
    if (index > 0 && time[index]! <= time[index - 1]!) return `candle ${index}: time does not rise`;
  }
  return null;
}
