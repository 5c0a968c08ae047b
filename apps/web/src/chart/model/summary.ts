import type { ChartModel } from './chart-model.js';
import type { CandleReadout } from './chart-options.js';
import { formatChange, formatPrice, formatQuantity } from './format.js';
import type { Extremes } from './min-max-pyramid.js';
import { formatTime } from './time-ticks.js';
import { offsetLabel } from './time-zone.js';
import { formatPercent } from './value-ticks.js';

const extremes: Extremes = { min: 0, max: 0 };

/** One paragraph telling what the picture shows: series, visible range, open, high, low, last, change, staleness. */
export function summaryOf(model: ChartModel): string {
  const { series, staleLabel, priceDecimals } = model.options;
  const { candles, viewport } = model;
  const name = `${series.symbol} ${series.timeframe} candles from ${series.exchange}`;
  const { first, end } = viewport;
  if (first >= end) return `${name}. No candles yet.`;
  model.derived.price.extremes(first, end, extremes);
  const price = (value: number): string => formatPrice(value, priceDecimals);
  const time = (index: number): string => formatTime(candles.time[index]!, model.candleMs, model.zone);
  const open = candles.open[first]!;
  const close = candles.close[end - 1]!;
  const last = candles.close[candles.length - 1]!;
  const sentences = [
    `${name}, ${end - first} in sight, ${time(first)} to ${time(end - 1)} ${offsetLabel(model.zone, candles.time[end - 1]!)}`,
    `Open ${price(open)}, high ${price(extremes.max)}, low ${price(extremes.min)}, close ${price(close)}`,
    `Change ${formatChange(close - open, priceDecimals)}, ${formatPercent(close / open - 1)}`,
    `Newest price ${price(last)}${model.source.forming ? ', candle still forming' : ''}`,
    ...(staleLabel === null ? [] : [staleLabel]),
  ];
  return `${sentences.join('. ')}.`;
}

/** One candle as a sentence to be spoken. */
export function candleSentence(model: ChartModel, readout: CandleReadout): string {
  const price = (value: number): string => formatPrice(value, model.options.priceDecimals);
  return (
    `${formatTime(readout.openTimeMs, model.candleMs, model.zone)}${readout.forming ? ', still forming' : ''}: ` +
    `open ${price(readout.open)}, high ${price(readout.high)}, low ${price(readout.low)}, close ${price(readout.close)}, ` +
    `change ${formatPercent(readout.changeRatio)}, volume ${formatQuantity(readout.volume)}`
  );
}
