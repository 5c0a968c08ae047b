import type { SignalView } from '@wickworks/contracts';
import { closeTimeOf } from '@wickworks/core';
import { MARKER_SHAPES, type MarkersPlot } from '../../chart/model/plot-series.js';
import type { MarketSignals } from '../../data/strategies-stored.js';

const UP = MARKER_SHAPES.indexOf('arrow-up');
const DOWN = MARKER_SHAPES.indexOf('arrow-down');

/** Whether a signal asks to buy: to enter long, or to leave a short. */
export const isBuying = ({ action }: Pick<SignalView, 'action'>): boolean =>
  action === 'enter-long' || action === 'exit-short';

/**
 * The signals of each strategy as marks, up for buying and down for selling. A mark stands where its signal became
 * known: on the chart's candle that holds the close of the strategy's.
 */
export function marksOf(list: readonly Pick<MarketSignals, 'strategy' | 'signals'>[]): readonly MarkersPlot[] {
  return list.map(({ strategy, signals }) => {
    const marks = signals.toSorted((a, b) => a.openTimeMs - b.openTimeMs);
    return {
      kind: 'markers',
      id: `signals ${strategy.id}`,
      label: strategy.name,
      pane: 'price',
      color: 'up',
      negativeColor: 'down',
      version: 1,
      length: marks.length,
      times: Float64Array.from(marks, ({ timeframe, openTimeMs }) => closeTimeOf(timeframe, openTimeMs) - 1),
      values: Float64Array.from(marks, ({ price }) => price),
      shapes: Uint8Array.from(marks, (signal) => (isBuying(signal) ? UP : DOWN)),
    };
  });
}
