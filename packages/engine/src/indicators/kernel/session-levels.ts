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
 * Levels called `names`, computed from the last finished session at the first candle of the next and held until that one
 * ends; NaN while none has.
 */
export function sessionLevels<const Name extends string>(
  g: Graph,
  anchor: Anchor,
  names: readonly Name[],
  compute: (session: FinishedSession) => Readonly<Record<Name, number>>,
): Readonly<Record<Name, Series>> {
  const { time, open, high, low, close } = g;
  const count = names.length;
  const columns = names.map(() => remembers(g.column(0), 'market'));
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
        for (let k = 0; k < count; k++) state[3 + k] = levels[names[k]!];
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
  return Object.fromEntries(names.map((name, k) => [name, columns[k]!])) as Record<Name, Series>;
}

/** Point of control and value area (`share` of volume) of the last finished session, in `rows` rows. */
export function sessionProfile(
  g: Graph,
  anchor: Anchor,
  rows: number,
  share: number,
): Readonly<Record<'poc' | 'high' | 'low', Series>> {
  const { high, low, volume } = g;
  return sessionLevels(g, anchor, ['poc', 'high', 'low'], ({ from, to }) => {
    const profile = profileOf(high.values, low.values, volume.values, from, to, rows, share);
    return { poc: profile.pointOfControl, high: profile.valueAreaHigh, low: profile.valueAreaLow };
  });
}
