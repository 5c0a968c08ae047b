import { rowAt, type CandleColumns } from '@wickworks/core';
import { plainDecimal } from './decimal-text.js';

/** CSV lines of `candles`, each with its line end; reading them back gives the same float64 values. */
export function candleLines(candles: CandleColumns): string {
  const lines: string[] = [];
  for (let index = 0; index < candles.length; index++)
    lines.push(`${rowAt(candles, index).map(plainDecimal).join(',')}\n`);
  return lines.join('');
}
