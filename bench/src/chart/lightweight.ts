import type { Candles } from '@wickworks/core';
import { CandlestickSeries, createChart, type CandlestickData, type UTCTimestamp } from 'lightweight-charts';
import type { ContestantKind } from './contestant.js';

/** lightweight-charts with one candle series, or with its conflation of narrow candles turned on. */
export const lightweight = (enableConflation: boolean): ContestantKind<CandlestickData<UTCTimestamp>[]> => ({
  prepare(candles: Candles) {
    return Array.from({ length: candles.length }, (_, index) => ({
      time: (candles.time[index]! / 1000) as UTCTimestamp, // their brand on a plain number
      open: candles.open[index]!,
      high: candles.high[index]!,
      low: candles.low[index]!,
      close: candles.close[index]!,
    }));
  },
  mount(host, rows) {
    const chart = createChart(host, {
      width: host.clientWidth,
      height: host.clientHeight,
      timeScale: { enableConflation, minBarSpacing: 0.0001 },
    });
    const series = chart.addSeries(CandlestickSeries);
    series.setData(rows);
    const last = rows[rows.length - 1]!;
    return {
      show: (from, to) => chart.timeScale().setVisibleLogicalRange({ from, to: to - 1 }),
      tick: (close) =>
        series.update({ ...last, close, high: Math.max(last.high, close), low: Math.min(last.low, close) }),
    };
  },
});
