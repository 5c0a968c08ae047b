import type { Graph, Series } from './graph.js';
import { remembers } from './memory.js';

/** Volume signed by where the close lies in its candle: −volume at the low, +volume at the high; 0 when flat. */
export function moneyFlowVolume(g: Graph): Series {
  const { high, low, close, volume } = g;
  return g.derive(0, (from, to, out) => {
    const highs = high.values;
    const lows = low.values;
    const closes = close.values;
    const volumes = volume.values;
    for (let i = from; i < to; i++) {
      const range = highs[i]! - lows[i]!;
      out[i] = range > 0 ? ((closes[i]! - lows[i]! - (highs[i]! - closes[i]!)) / range) * volumes[i]! : 0;
    }
  });
}

/** Chaikin's accumulation / distribution line. */
export function accumulation(g: Graph): Series {
  const flow = moneyFlowVolume(g);
  return remembers(
    g.derive(0, (from, to, out) => {
      const flows = flow.values;
      let total = from === 0 ? 0 : out[from - 1]!;
      for (let i = from; i < to; i++) {
        total += flows[i]!;
        out[i] = total;
      }
    }),
    'forever',
  );
}

/** Index that follows the close only on candles whose volume moved in `direction` (1 more, −1 less). */
export function volumeIndex(g: Graph, startValue: number, direction: 1 | -1): Series {
  const { close, volume } = g;
  return remembers(
    g.derive(0, (from, to, out) => {
      let index = from === 0 ? startValue : out[from - 1]!;
      for (let i = from; i < to; i++) {
        if (i > 0 && direction * (volume.values[i]! - volume.values[i - 1]!) > 0 && close.values[i - 1]! !== 0)
          index *= close.values[i]! / close.values[i - 1]!;
        out[i] = index;
      }
    }),
    'forever',
  );
}
