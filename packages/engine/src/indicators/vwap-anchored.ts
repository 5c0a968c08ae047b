import { defineIndicator, line } from './define.js';
import { around } from './kernel/bands.js';
import type { Series } from './kernel/graph.js';
import { anchoredVwap } from './kernel/session-vwap.js';
import { number, source } from './params.js';

export const vwapAnchoredIndicator = defineIndicator({
  id: 'vwap-anchored',
  title: 'VWAP (anchored)',
  group: 'volume',
  params: {
    source: source('hlc3'),
    anchorMs: number('Anchor, ms UTC', 0, 0, 8.64e15, 60_000),
    multiple: number('Band deviations', 1, 0.1, 20, 0.1),
  },
  outputs: {
    upper: { title: 'Upper', plot: 'band', role: 'muted', bandTo: 'lower', sparse: true },
    vwap: line('VWAP', 'primary', { sparse: true }),
    lower: line('Lower', 'muted', { sparse: true }),
  },
  pane: 'price',
  formula: 'Σ(price · volume) / Σ volume since the first candle at or after the anchor, ± volume-weighted deviations.',
  create: (g, p) => {
    const price = g.source(p.source);
    const { time } = g;
    const found = anchoredVwap(
      g,
      price,
      (i) => i === price.begin || (time.values[i]! >= p.anchorMs && time.values[i - 1]! < p.anchorMs),
    );
    const since = (input: Series): Series =>
      g.derive(input.begin, (from, to, out) => {
        for (let i = from; i < to; i++) out[i] = time.values[i]! >= p.anchorMs ? input.values[i]! : NaN;
      });
    const { upper, lower } = around(g, found.vwap, found.deviation, p.multiple);
    return { upper: since(upper), vwap: since(found.vwap), lower: since(lower) };
  },
});
