import type { Graph, Series } from './graph.js';
import { sessionOf, type Anchor } from './sessions.js';
import { remembers, type Memory } from './memory.js';

/** Volume-weighted mean price since the session opened and the volume-weighted deviation around it. */
export interface Vwap {
  readonly vwap: Series;
  readonly deviation: Series;
}

/**
 * Starts afresh with each session. Volumes and products are summed about the session's first price, so the
 * deviation of a flat session is exactly 0. While nothing has traded the price itself is the average.
 */
export function sessionVwap(g: Graph, price: Series, anchor: Anchor): Vwap {
  const { time } = g;
  return anchoredVwap(
    g,
    price,
    (i) => i === price.begin || sessionOf(anchor, time.values[i]!) !== sessionOf(anchor, time.values[i - 1]!),
  );
}

/** As {@link sessionVwap}, begun anew wherever `starts` says so. */
export function anchoredVwap(
  g: Graph,
  price: Series,
  starts: (index: number) => boolean,
  memory: Memory = 'market',
): Vwap {
  const { volume } = g;
  const vwap = remembers(g.column(price.begin), memory);
  const deviation = remembers(g.column(price.begin), memory);
  const state = g.state(4);
  g.node(price.begin, (from, to) => {
    const prices = price.values;
    const volumes = volume.values;
    let reference = state[0]!;
    let traded = state[1]!;
    let sum = state[2]!;
    let squares = state[3]!;
    for (let i = from; i < to; i++) {
      if (starts(i)) {
        reference = prices[i]!;
        traded = 0;
        sum = 0;
        squares = 0;
      }
      const d = prices[i]! - reference;
      traded += volumes[i]!;
      sum += d * volumes[i]!;
      squares += d * d * volumes[i]!;
      const shift = traded > 0 ? sum / traded : d;
      const spread = traded > 0 ? squares / traded - shift * shift : 0;
      vwap.values[i] = reference + shift;
      deviation.values[i] = spread > 0 ? Math.sqrt(spread) : 0;
    }
    state[0] = reference;
    state[1] = traded;
    state[2] = sum;
    state[3] = squares;
  });
  return { vwap, deviation };
}
