import { profileOf } from '../volume-profile.js';
import type { Graph, Series } from './graph.js';
import { sessionOf, type Anchor } from './sessions.js';
import { remembers } from './memory.js';

/** What is known of the session that ended last. Prices in quote. */
export interface FinishedSession {
  readonly from: number;
  readonly to: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Open of the session that runs now. */
  readonly nextOpen: number;
}

/**
 * Levels computed from the last finished session and held until the next one ends; NaN while none has. `count`
 * levels, written by `compute` at the first candle of each session.
 */
export function sessionLevels(
  g: Graph,
  anchor: Anchor,
  count: number,
  compute: (session: FinishedSession) => readonly number[],
): Series[] {
  const { time, open, high, low, close } = g;
  const columns = Array.from({ length: count }, () => remembers(g.column(0), 'market'));
  const state = g.state(3 + count); // first candle, high and low of the running session; the levels held
  g.node(0, (from, to) => {
    for (let i = from; i < to; i++) {
      const changed = i > 0 && sessionOf(anchor, time.values[i]!) !== sessionOf(anchor, time.values[i - 1]!);
      if (changed) {
        const first = state[0]!;
        const levels = compute({
          from: first,
          to: i,
          open: open.values[first]!,
          high: state[1]!,
          low: state[2]!,
          close: close.values[i - 1]!,
          nextOpen: open.values[i]!,
        });
        for (let k = 0; k < count; k++) state[3 + k] = levels[k]!;
      }
      if (changed || i === 0) {
        state[0] = i;
        state[1] = -Infinity;
        state[2] = Infinity;
      }
      if (i === 0) state.fill(NaN, 3);
      state[1] = Math.max(state[1]!, high.values[i]!);
      state[2] = Math.min(state[2]!, low.values[i]!);
      for (let k = 0; k < count; k++) columns[k]!.values[i] = state[3 + k]!;
    }
  });
  return columns;
}

/** Point of control and value area (`share` of volume) of the last finished session, in `rows` rows. */
export function sessionProfile(
  g: Graph,
  anchor: Anchor,
  rows: number,
  share: number,
): { poc: Series; high: Series; low: Series } {
  const { high, low, volume } = g;
  const [poc, top, bottom] = sessionLevels(g, anchor, 3, ({ from, to }) => {
    const profile = profileOf(high.values, low.values, volume.values, from, to, rows, share);
    return [profile.pointOfControl, profile.valueAreaHigh, profile.valueAreaLow];
  }) as [Series, Series, Series];
  return { poc, high: top, low: bottom };
}
