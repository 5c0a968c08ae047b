import { readFileSync } from 'node:fs';
import { Candles, type CandleRow } from '@wickworks/core';
import { expect, test } from 'vitest';
import { calculate } from './calculate.js';
import { findIndicator, parseParams } from './registry.js';

/** Exports of charting tools: file, indicator, our output, the tool's column, digits it prints, first rows to skip. */
const EXPORTS = [
  // Recursive averages of other tools start elsewhere: rows are skipped until the start no longer matters.
  ['dwac_supertrend', 'supertrend', { period: 10, multiple: 3 }, 'supertrend', 'Super', 5e-3, 60],
  ['spy_ao', 'ao', {}, 'ao', 'AO', 1e-9, 33],
  ['spy_hma', 'hma', { period: 16 }, 'hma', 'HMA_16', 1e-6, 18],
  ['spy_with_vwma', 'vwma', { period: 20 }, 'vwma', 'VWMA20', 1e-9, 19],
  ['spy_tsi', 'tsi', { long: 25, short: 13 }, 'tsi', 'TSI_25_13', 1e-6, 300],
  ['spy_heikin_ashi', 'heikin-ashi', {}, 'open', 'HA_Open', 1e-6, 60],
  ['spy_dpo', 'dpo', { period: 21 }, 'dpo', 'DPO', 1e-8, 21],
  ['spy_with_williamsR14', 'willr', { period: 14 }, 'willr', 'Williams %R 14', 2e-4, 14],
  ['spy_atr_wilder', 'atr', { period: 14 }, 'atr', 'Average True Range 14', 1e-4, 100],
  ['spy_bollinger_bands', 'bbands', { period: 20 }, 'upper', 'Bollinger Bands® 20 2 Top', 1e-4, 20],
] as const;

function readExport(name: string): { candles: Candles; column: (title: string) => Float64Array } {
  const text = readFileSync(new URL(`../../golden/lean/${name}.csv`, import.meta.url), 'utf8');
  const [head, ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const column = (title: string): Float64Array => {
    const place = head!.findIndex((cell) => cell.toLowerCase() === title.toLowerCase());
    return Float64Array.from(rows, (row) => (place < 0 || (row[place] ?? '') === '' ? NaN : Number(row[place])));
  };
  const [open, high, low, close, volume] = ['open', 'high', 'low', 'close', 'volume'].map(column);
  const candles = rows.map((_, i): CandleRow => [i * 60_000, open![i]!, high![i]!, low![i]!, close![i]!, volume![i]!]);
  return { candles: Candles.fromRows(candles), column };
}

test.each(EXPORTS)('%s: %s %o', (file, id, raw, output, title, tolerance, skipped) => {
  const { candles, column } = readExport(file);
  const definition = findIndicator(id)!;
  const params = parseParams(definition, raw);
  if (!params.ok) throw new Error(JSON.stringify(params.error));
  const got = calculate(definition, params.value, candles)[output]!;
  const want = column(title);
  let compared = 0;
  for (let i = skipped; i < want.length; i++) {
    if (Number.isNaN(want[i])) continue;
    compared++;
    if (!(Math.abs(got[i]! - want[i]!) <= tolerance * Math.max(1, Math.abs(want[i]!))))
      expect.fail(`row ${i}: ${got[i]!} instead of ${want[i]!}`);
  }
  expect(compared).toBeGreaterThan(15);
});
