import { Candles, type SeriesKey } from '@wickworks/core';
import { useEffect, useMemo, useRef } from 'react';
import { Chart } from '../../chart/api/chart.js';
import type { ChartHandle } from '../../chart/api/chart-types.js';
import type { MarkersPlot } from '../../chart/model/plot-series.js';
import type { SeriesSource } from '../../chart/model/series-source.js';
import type { CandleTransfer, TradeColumns } from '../../data/engine-worker-protocol.js';

// Indexes of MARKER_SHAPES.
const UP = 1;
const DOWN = 2;

/** The candles of a finished run: nothing about them changes any more. */
function staticSource(candles: CandleTransfer): SeriesSource {
  return {
    candles: Candles.wrap(candles),
    forming: false,
    version: 1,
    prepended: 0,
    generation: 0,
    gaps: [],
    history: 'complete',
    subscribe: () => () => undefined,
  };
}

/** Entries and exits of one market as marks: up for buying, down for selling. */
function marksOf(trades: TradeColumns, symbol: string, strategy: string | null): MarkersPlot {
  const marks: { timeMs: number; price: number; shape: number }[] = [];
  for (let row = 0; row < trades.count; row++) {
    if (trades.words[trades.symbol[row]!] !== symbol) continue;
    if (strategy !== null && trades.strategy !== null && trades.words[trades.strategy[row]!] !== strategy) continue;
    const isLong = trades.direction[row]! > 0;
    marks.push({ timeMs: trades.entryTimeMs[row]!, price: trades.entryPrice[row]!, shape: isLong ? UP : DOWN });
    if (Number.isNaN(trades.exitTimeMs[row]!)) continue;
    marks.push({ timeMs: trades.exitTimeMs[row]!, price: trades.exitPrice[row]!, shape: isLong ? DOWN : UP });
  }
  marks.sort((a, b) => a.timeMs - b.timeMs);
  return {
    kind: 'markers',
    id: 'trades',
    label: 'Trades',
    pane: 'price',
    color: 'up',
    negativeColor: 'down',
    version: 1,
    length: marks.length,
    times: Float64Array.from(marks, ({ timeMs }) => timeMs),
    values: Float64Array.from(marks, ({ price }) => price),
    shapes: Uint8Array.from(marks, ({ shape }) => shape),
  };
}

export interface RunChartProps {
  series: SeriesKey;
  candles: CandleTransfer;
  trades: TradeColumns;
  /** Whose trades are marked; `null`: those of all. */
  strategy: string | null;
  /** The stretch to bring into view, ms UTC. */
  focus: { readonly fromMs: number; readonly toMs: number } | null;
  timeZone: string;
}

/** The candles of a run with its trades on them. */
export function RunChart({ series, candles, trades, strategy, focus, timeZone }: RunChartProps) {
  const chart = useRef<ChartHandle>(null);
  const source = useMemo(() => staticSource(candles), [candles]);
  const plots = useMemo(() => [marksOf(trades, series.symbol, strategy)], [trades, series.symbol, strategy]);
  useEffect(() => {
    if (focus === null) return;
    const margin = Math.max((focus.toMs - focus.fromMs) * 0.75, 30 * (candles.time[1]! - candles.time[0]!) || 0);
    chart.current?.show({ fromMs: focus.fromMs - margin, toMs: focus.toMs + margin });
  }, [focus, candles]);
  return (
    <Chart
      ref={chart}
      className="absolute inset-0"
      source={source}
      series={series}
      plots={plots}
      timeZone={timeZone}
      volume={false}
    />
  );
}
