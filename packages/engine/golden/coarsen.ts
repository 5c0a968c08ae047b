import { Candles, copyColumns } from '@wickworks/core';

/** Candles `times` as wide, made of `fine` ones without gaps; a rest that makes none is left out. */
export function coarsen(fine: Candles, times: number): Candles {
  const coarse = new Candles(fine.length / times);
  for (let from = 0; from + times <= fine.length; from += times) {
    const part = copyColumns(fine, from, from + times);
    const volume = part.volume.reduce((sum, v) => sum + v, 0);
    coarse.push([
      part.time[0]!,
      part.open[0]!,
      Math.max(...part.high),
      Math.min(...part.low),
      part.close[times - 1]!,
      volume,
    ]);
  }
  return coarse;
}
