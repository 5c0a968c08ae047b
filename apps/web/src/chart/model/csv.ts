import { rowAt, type CandleColumns } from '@wickworks/core';
import type { ChartModel } from './chart-model.js';
import { isAligned, shiftOf } from './plot-columns.js';

/** Further values of each candle, e.g. those of an indicator; NaN where there is none. */
export interface CsvColumn {
  readonly name: string;
  readonly at: (index: number) => number;
}

/** Candles `[from, to)` as CSV with a header: open times in ms UTC, numbers in their shortest exact form. */
export function candlesToCsv(
  candles: CandleColumns,
  from: number,
  to: number,
  columns: readonly CsvColumn[] = [],
): string {
  const lines = [['time,open,high,low,close,volume', ...columns.map(({ name }) => quoted(name))].join(',')];
  for (let index = from; index < to; index++) {
    const further = columns.map(({ at }) => at(index)).map((value) => (Number.isNaN(value) ? '' : plainDecimal(value)));
    lines.push([...rowAt(candles, index).map(plainDecimal), ...further].join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** The plots of a chart that have one value per candle, where they are drawn. */
export function csvColumns(model: ChartModel): CsvColumn[] {
  const titles = new Map(model.options.groups.map(({ id, title }) => [id, title]));
  return model.options.plots.flatMap((plot) => {
    if (!isAligned(plot) || plot.kind === 'band' || plot.unlisted === true) return [];
    const shift = shiftOf(plot, model.source.prepended);
    const at = (index: number): number =>
      index - shift >= 0 && index - shift < plot.length ? plot.values[index - shift]! : NaN;
    return [{ name: `${titles.get(plot.group ?? '') ?? ''} ${plot.label}`.trim(), at }];
  });
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** `1e-7` as `0.0000001`: the shortest text that reads back as the same number, without an exponent. */
export function plainDecimal(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign = '', lead = '', fraction = '', exponent = '0'] = match;
  const digits = lead + fraction;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0');
}
