import { Candles, type CandleRow } from '@wickworks/core';
import type { BacktestMarket, BacktestRules } from '@wickworks/engine';
import { rules } from './strategies.js';

export const MARKETS = 10;
const DETAIL_PER_CANDLE = 5;

/** Ten markets of 5m candles with their 1m candles as detail. */
export function fullMarkets(minutes: readonly CandleRow[]): BacktestMarket[] {
  const detail = Candles.fromRows(minutes);
  const wide = new Candles(minutes.length / DETAIL_PER_CANDLE);
  for (let from = 0; from + DETAIL_PER_CANDLE <= minutes.length; from += DETAIL_PER_CANDLE) {
    const part = minutes.slice(from, from + DETAIL_PER_CANDLE);
    const volume = part.reduce((sum, row) => sum + row[5], 0);
    const high = Math.max(...part.map((row) => row[2]));
    const low = Math.min(...part.map((row) => row[3]));
    wide.push([part[0]![0], part[0]![1], high, low, part.at(-1)![4], volume]);
  }
  return Array.from({ length: MARKETS }, (_, i) => ({
    rules: { ...rules, symbol: `M${i}/USDT` },
    timeframe: '5m',
    candles: wide,
    detail: { timeframe: '1m', candles: detail },
  }));
}

/** Slippage by the square root of the share of volume, of which a tenth is taken at most. */
export const fullRules: Partial<BacktestRules> = {
  cash: 1_000_000,
  slippage: { kind: 'square-root', coefficient: 0.1 },
  volumeShareMax: 0.1,
};
