import { rowAt, type CandleColumns } from '@wickworks/core';
import type { StoredTrades } from '@wickworks/db';
import { plainDecimal } from './decimal-text.js';

/** CSV lines of `candles`, each with its line end; reading them back gives the same float64 values. */
export function candleLines(candles: CandleColumns): string {
  const lines: string[] = [];
  for (let index = 0; index < candles.length; index++)
    lines.push(`${rowAt(candles, index).map(plainDecimal).join(',')}\n`);
  return lines.join('');
}

/** CSV lines of `trades` with their ids, each with its line end; reading them back gives the same trades. */
export function tradeLines({ time, price, quantity, side, id, length }: StoredTrades): string {
  const lines: string[] = [];
  for (let at = 0; at < length; at++) {
    const numbers = [time[at]!, price[at]!, quantity[at]!].map(plainDecimal).join(',');
    const sideText = side[at] === 0 ? '' : side[at] === 1 ? 'buy' : 'sell';
    lines.push(`${numbers},${sideText},${id[at] === -1 ? '' : String(id[at])}\n`);
  }
  return lines.join('');
}
