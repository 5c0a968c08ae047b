import type { CandleRow } from '@wickworks/core';
import { DataFrame } from 'data-forge';
import { backtest, computeDrawdown, computeEquityCurve, type IBar, type IStrategy } from 'grademark';
import { FAST, SLOW } from './strategies.js';

interface Bar extends IBar {
  fast: number;
  slow: number;
}

/** Grademark's own best case: averages by running sums, no fee, one equity point per trade. */
export function grademarkCross(bars: readonly IBar[]): number {
  const strategy: IStrategy<IBar, Bar> = {
    prepIndicators: () => new DataFrame<number, Bar>(withAverages(bars)),
    entryRule: (enter, { bar }) => {
      if (bar.fast > bar.slow) enter();
    },
    exitRule: (exit, { bar }) => {
      if (bar.fast < bar.slow) exit();
    },
  };
  const trades = backtest(strategy, new DataFrame<number, IBar>([...bars]));
  computeEquityCurve(1_000_000, trades);
  computeDrawdown(1_000_000, trades);
  return trades.length;
}

function withAverages(bars: readonly IBar[]): Bar[] {
  let fast = 0;
  let slow = 0;
  return bars.map((bar, i) => {
    fast += bar.close - (i >= FAST ? bars[i - FAST]!.close : 0);
    slow += bar.close - (i >= SLOW ? bars[i - SLOW]!.close : 0);
    return { ...bar, fast: i >= SLOW ? fast / FAST : NaN, slow: i >= SLOW ? slow / SLOW : NaN };
  });
}

/** Rows as grademark takes them. */
export const barsOf = (rows: readonly CandleRow[]): IBar[] =>
  rows.map(([time, open, high, low, close, volume]) => ({ time: new Date(time), open, high, low, close, volume }));
