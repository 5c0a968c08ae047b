import { rowAt, type CandleColumns } from '@wickworks/core';

/** Candles `[from, to)` as CSV with a header: open times in ms UTC, numbers in their shortest exact form. */
export function candlesToCsv(candles: CandleColumns, from: number, to: number): string {
  const lines = ['time,open,high,low,close,volume'];
  for (let index = from; index < to; index++) lines.push(rowAt(candles, index).map(plainDecimal).join(','));
  return `${lines.join('\n')}\n`;
}

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
