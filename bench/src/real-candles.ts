import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { CandleRow } from '@wickworks/core';

const DATA = new URL('../../apps/venue/data/', import.meta.url);

/** Rows of one of the bundled market data files. */
export function realCandles(file: string): CandleRow[] {
  const lines = gunzipSync(readFileSync(new URL(file, DATA)))
    .toString('utf8')
    .trim()
    .split('\n')
    .slice(1);
  return lines.map((line) => {
    const [time, open, high, low, close, volume] = line.split(',').map(Number);
    return [time!, open!, high!, low!, close!, volume!];
  });
}

/** `count` candles: the rows, repeated behind their own end as often as needed, open times going on without a hole. */
export function repeatCandles(rows: readonly CandleRow[], count: number, stepMs = 60_000): CandleRow[] {
  const start = rows[0]![0];
  return Array.from({ length: count }, (_, index) => {
    const [, open, high, low, close, volume] = rows[index % rows.length]!;
    return [start + index * stepMs, open, high, low, close, volume];
  });
}
