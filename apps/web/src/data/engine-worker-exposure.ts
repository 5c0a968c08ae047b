import { timeframeMs, type CandleColumns, type Timeframe } from '@wickworks/core';
import type { EquityColumns, RunTrade } from '@wickworks/engine';

interface PositionSteps {
  /** When it changed, rising. */
  readonly timesMs: Float64Array;
  /** Held from then on, base currency; negative: short. */
  readonly quantities: Float64Array;
}

/** What was held of a market after each of its fills. */
function stepsOf(trades: readonly RunTrade[]): PositionSteps {
  const fills = trades.flatMap((trade) => trade.fills).sort((a, b) => a.timeMs - b.timeMs || a.id - b.id);
  let held = 0;
  const quantities = Float64Array.from(fills, ({ side, quantity }) => {
    held += side === 'buy' ? Number(quantity) : -Number(quantity);
    // Decimals added as floats: what is left of a closed position is no position.
    if (Math.abs(held) < Number(quantity) * 1e-9) held = 0;
    return held;
  });
  return { timesMs: Float64Array.from(fills, ({ timeMs }) => timeMs), quantities };
}

/**
 * Value of all positions at the last close, long and short added up, as a ratio of the equity at each point of its curve;
 * 0 where there is no equity left. The engine's marks are those closes, so the ratio is that of its own books. The trades
 * are those of one strategy: several hold positions of their own, which are not netted. `series`: one of each market.
 */
export function exposureOf(
  trades: readonly RunTrade[],
  equity: EquityColumns,
  series: readonly { readonly symbol: string; readonly timeframe: Timeframe; readonly candles: CandleColumns }[],
): Float64Array {
  const { timesMs } = equity;
  const exposure = new Float64Array(timesMs.length);
  for (const { symbol, candles, timeframe } of series) {
    const widthMs = timeframeMs(timeframe);
    const { time, close, length } = candles;
    const steps = stepsOf(trades.filter((trade) => trade.symbol === symbol));
    let candle = -1;
    let point = 0;
    for (let step = 0; step < steps.quantities.length; step++) {
      const held = steps.quantities[step]!;
      if (held === 0) continue;
      const nextMs = steps.timesMs[step + 1] ?? Infinity;
      while (point < timesMs.length && timesMs[point]! <= steps.timesMs[step]!) point++;
      for (; point < timesMs.length && timesMs[point]! <= nextMs; point++) {
        while (candle + 1 < length && time[candle + 1]! + widthMs <= timesMs[point]!) candle++;
        if (candle >= 0) exposure[point]! += Math.abs(held * close[candle]!);
      }
    }
  }
  for (let point = 0; point < exposure.length; point++) {
    const whole = equity.equity[point]!;
    exposure[point] = whole > 0 ? exposure[point]! / whole : 0;
  }
  return exposure;
}
