import { Candles } from '@wickworks/core';
import type { InstrumentRules } from '../src/market/instrument.js';
import { chance } from './wild-strategy.js';

const HOUR = 3_600_000;

/** A seeded random walk of real-looking candles on a tick of 0.01, gaps between close and open among them. */
export function walk(seed: number, count: number, stepMs = HOUR): Candles {
  const candles = new Candles(count);
  const cents = (price: number): number => Math.round(price * 100) / 100;
  let last = 100;
  for (let i = 0; i < count; i++) {
    const draw = (salt: number): number => chance(seed, i, 100 + salt);
    const open = cents(last * (1 + (draw(0) - 0.5) * (draw(1) < 0.1 ? 0.05 : 0.002)));
    const close = cents(open * (1 + (draw(2) - 0.5) * 0.03));
    const high = cents(Math.max(open, close) * (1 + draw(3) * 0.01));
    const low = cents(Math.min(open, close) * (1 - draw(4) * 0.01));
    const volume = draw(5) < 0.05 ? 0 : cents(draw(6) * 100);
    candles.push([i * stepMs, open, high, low, close, volume]);
    last = close;
  }
  return candles;
}

/** A market on that tick; the lot depends on the symbol. */
export const rulesOf = (symbol: string): InstrumentRules => ({
  symbol,
  tickSize: 0.01,
  lotSize: symbol === 'A/USDT' ? 0.001 : 0.00000001,
  minNotional: 5,
  makerFeeBps: 7.5,
  takerFeeBps: 10.01,
});
