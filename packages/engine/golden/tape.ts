import { Candles, type Gap, type TradeColumns, type TradeTape } from '@wickworks/core';
import { chance } from './wild-strategy.js';

/** Price and quantity at a time, ms UTC. */
export type TradeRow = readonly [timeMs: number, price: number, quantity: number];

export function tradesOf(rows: readonly TradeRow[]): TradeColumns {
  return {
    length: rows.length,
    time: Float64Array.from(rows, ([timeMs]) => timeMs),
    price: Float64Array.from(rows, ([, price]) => price),
    quantity: Float64Array.from(rows, ([, , quantity]) => quantity),
  };
}

/** Candles of `widthMs` made of the trades; none where nothing was traded. */
export function candlesOfTrades({ time, price, quantity, length }: TradeColumns, widthMs: number): Candles {
  const candles = new Candles();
  for (let from = 0; from < length;) {
    const openMs = Math.floor(time[from]! / widthMs) * widthMs;
    let to = from;
    while (to < length && time[to]! < openMs + widthMs) to++;
    const prices = price.subarray(from, to);
    const volume = quantity.subarray(from, to).reduce((sum, one) => sum + one, 0);
    candles.push([openMs, prices[0]!, Math.max(...prices), Math.min(...prices), prices[prices.length - 1]!, volume]);
    from = to;
  }
  return candles;
}

/** A seeded walk of `count` trades on a tick of 0.01, some in the same millisecond. */
export function tradeWalk(seed: number, count: number, covered?: readonly Gap[]): TradeTape {
  const rows: TradeRow[] = [];
  let cents = 10_000;
  let timeMs = 0;
  for (let i = 0; i < count; i++) {
    const draw = (salt: number): number => chance(seed, i, 200 + salt);
    cents = Math.max(5_000, cents + Math.round((draw(0) - 0.5) * (draw(1) < 0.02 ? 300 : 30)));
    if (i > 0 && draw(2) > 0.3) timeMs += Math.ceil(draw(3) * 10_000);
    rows.push([timeMs, cents / 100, (1 + Math.floor(draw(4) * 2_000)) / 1_000]);
  }
  const whole: Gap[] = [[0, (Math.floor(timeMs / 3_600_000) + 1) * 3_600_000]];
  const kept = covered ?? whole;
  return { trades: tradesOf(rows.filter(([at]) => kept.some(([from, to]) => at >= from && at < to))), covered: kept };
}
