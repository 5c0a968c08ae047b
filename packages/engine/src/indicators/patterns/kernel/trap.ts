import type { Graph } from '../../kernel/graph.js';
import { type Series } from '../../kernel/graph.js';
import type { Shapes } from './shapes.js';

/** Whether candle `age` lies within the one before it. */
export const insideDay = (c: Shapes, age: number): boolean =>
  c.high(age) < c.high(age + 1) && c.low(age) > c.low(age + 1);

/** Whether the newest candle has both a lower high and a lower low. */
export const lower = (c: Shapes): boolean => c.high(0) < c.high(1) && c.low(0) < c.low(1);

/** Whether the newest candle has both a higher high and a higher low. */
export const higher = (c: Shapes): boolean => c.high(0) > c.high(1) && c.low(0) > c.low(1);

/** Candles within which a trap may be confirmed. */
const CONFIRM_WITHIN = 3;

/**
 * A breakout that may turn out false: ±100 where `found` holds, bullish when the candle went down, then ±200
 * when the close leaves the candle before the breakout on the other side in time.
 */
export function trap(
  g: Graph,
  shapes: Shapes,
  scanFrom: number,
  begin: number,
  found: (candles: Shapes) => boolean,
): Series {
  const column = g.column(begin);
  const state = g.state(2);
  g.node(scanFrom, (from, to) => {
    let result = state[0]!;
    let foundAt = state[1]!;
    for (let i = from; i < to; i++) {
      shapes.index = i;
      let signal = 0;
      if (found(shapes)) {
        result = shapes.high(0) < shapes.high(1) ? 100 : -100;
        foundAt = i;
        signal = result;
      } else if (foundAt > 0 && i <= foundAt + CONFIRM_WITHIN) {
        const before = i - foundAt + 1;
        const confirmed = result > 0 ? shapes.close(0) > shapes.high(before) : shapes.close(0) < shapes.low(before);
        if (confirmed) {
          signal = 2 * result;
          foundAt = 0;
        }
      }
      if (i >= begin) column.values[i] = signal;
    }
    state[0] = result;
    state[1] = foundAt;
  });
  return column;
}
