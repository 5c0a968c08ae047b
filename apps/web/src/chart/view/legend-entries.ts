import type { CandleReadout } from '../model/chart-options.js';
import { formatChange, formatPrice, formatQuantity } from '../model/format.js';
import type { ChartModel } from '../model/chart-model.js';
import type { PlotGroup } from '../model/plot-group.js';
import { PRICE_PANE, VOLUME_PANE, type Pane } from '../model/pane-stack.js';
import { isAligned, shiftOf, type AlignedPlot } from '../model/plot-columns.js';
import type { PlotSeries } from '../model/plot-series.js';
import { formatTime } from '../model/time-ticks.js';
import { formatPercent } from '../model/value-ticks.js';

/** One part of a legend: `label value`, e.g. `O 65123.40`. */
export interface LegendEntry {
  readonly part: string;
  readonly label: string;
  readonly value: string;
  readonly tone: 'up' | 'down' | null;
  /** Name or CSS colour of the plot, where the entry stands for one. */
  readonly color: string | null;
}

const entry = (
  part: string,
  label: string,
  value: string,
  tone: LegendEntry['tone'] = null,
  color: string | null = null,
): LegendEntry => ({ part, label, value, tone, color });

/** What stands on top of `pane`: the candle under the crosshair (else the newest) and the plots' values there. */
export function legendEntries(model: ChartModel, pane: Pane): LegendEntry[] {
  const readout = model.readout();
  const plots = plotEntries(model, readout?.index ?? -1, (plot) => plot.pane === pane.id && plot.group === undefined);
  if (pane.id === PRICE_PANE) return [...priceEntries(model, readout), ...plots];
  if (pane.id === VOLUME_PANE) {
    return [entry('volume', 'VOL', readout ? formatQuantity(readout.volume) : '–'), ...plots];
  }
  const isNamedByRow = model.options.groups.some((group) => group.pane === pane.id);
  return isNamedByRow ? plots : [entry('name', '', pane.spec?.label ?? pane.id), ...plots];
}

/** The values in the legend row of `group` at the same candle. */
export function groupEntries(model: ChartModel, group: PlotGroup): LegendEntry[] {
  return plotEntries(model, model.readout()?.index ?? -1, (plot) => plot.group === group.id);
}

function plotEntries(model: ChartModel, index: number, isWanted: (plot: PlotSeries) => boolean): LegendEntry[] {
  return model.options.plots
    .filter((plot) => plot.unlisted !== true && isWanted(plot))
    .flatMap((plot) => {
      const { id, label, color } = plot;
      const price = (value: number): string => formatPrice(value, model.options.priceDecimals);
      if (isAligned(plot)) return entry(id, label, plotValue(model, plot, index), null, color);
      if (plot.kind === 'boxes')
        return plot.notes.map((note) => entry(id, note.label, note.value === null ? '' : price(note.value)));
      const told = plot.told?.(model.candles.time[index] ?? NaN, price);
      return told ? entry(id, label, told.value, null, told.color) : [];
    });
}

function priceEntries(model: ChartModel, readout: CandleReadout | null): LegendEntry[] {
  const { series, kind } = model.options;
  const name = entry('name', '', `${series.symbol} ${series.timeframe} ${series.exchange.toUpperCase()}`);
  if (!readout) return [name];
  const decimals = model.options.priceDecimals;
  const price = (value: number): string => formatPrice(value, decimals);
  const tone = readout.close >= readout.open ? 'up' : 'down';
  return [
    name,
    ...(kind === 'heikin-ashi' ? [entry('kind', 'HEIKIN-ASHI, values of the real candle', '')] : []),
    entry('time', '', model.cursor ? formatTime(readout.openTimeMs, model.candleMs, model.zone) : ''),
    entry('open', 'O', price(readout.open), tone),
    entry('high', 'H', price(readout.high), tone),
    entry('low', 'L', price(readout.low), tone),
    entry('close', 'C', price(readout.close), tone),
    entry(
      'change',
      '',
      `${formatChange(readout.change, decimals)} (${formatPercent(readout.changeRatio)})`,
      readout.change === 0 ? null : readout.change > 0 ? 'up' : 'down',
    ),
    ...(model.options.volume ? [] : [entry('volume', 'V', formatQuantity(readout.volume))]),
  ].filter(({ label, value }) => label !== '' || value !== '');
}

function plotValue(model: ChartModel, plot: AlignedPlot, index: number): string {
  const at = index - shiftOf(plot, model.source.prepended);
  if (at < 0 || at >= plot.length) return '–';
  const text = (value: number): string => {
    if (Number.isNaN(value)) return '–';
    return plot.pane === PRICE_PANE ? formatPrice(value, model.options.priceDecimals) : formatQuantity(value);
  };
  return plot.kind === 'band' ? `${text(plot.lower[at]!)} … ${text(plot.upper[at]!)}` : text(plot.values[at]!);
}
