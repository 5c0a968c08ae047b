import { dema, ema, kama, rma, t3, tema, trima } from './averages.js';
import type { Graph, Series } from './graph.js';
import { mama } from './hilbert.js';
import { wma } from './window-linear.js';
import { sma } from './window-sum.js';

/** Kinds of moving average in TA-Lib's numbering (0 = SMA …), then those beyond it. */
export const MA_TYPES = ['sma', 'ema', 'wma', 'dema', 'tema', 'trima', 'kama', 'mama', 't3', 'rma'] as const;
export type MaType = (typeof MA_TYPES)[number];

/** The moving average `type` over `period`; with period 1 the input itself, as TA-Lib's MA. */
export function movingAverage(g: Graph, input: Series, period: number, type: MaType): Series {
  if (period === 1) return input;
  switch (type) {
    case 'sma':
      return sma(g, input, period);
    case 'ema':
      return ema(g, input, period);
    case 'wma':
      return wma(g, input, period);
    case 'dema':
      return dema(g, input, period);
    case 'tema':
      return tema(g, input, period);
    case 'trima':
      return trima(g, input, period);
    case 'kama':
      return kama(g, input, period);
    case 'mama':
      return mama(g, input, 0.5, 0.05).mama; // its period adapts to the market; TA-Lib ignores `period` likewise
    case 't3':
      return t3(g, input, period, 0.7);
    case 'rma':
      return rma(g, input, period);
  }
}

/** Index of the first value of such an average over a series that begins at 0. */
export function averageBegin(period: number, type: MaType): number {
  if (period === 1) return 0;
  switch (type) {
    case 'sma':
    case 'ema':
    case 'wma':
    case 'trima':
    case 'rma':
      return period - 1;
    case 'dema':
      return 2 * (period - 1);
    case 'tema':
      return 3 * (period - 1);
    case 'kama':
      return period;
    case 'mama':
      return 32;
    case 't3':
      return 6 * (period - 1);
  }
}
