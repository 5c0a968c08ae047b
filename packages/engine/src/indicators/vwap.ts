import { band, defineIndicator, line } from './define.js';
import { around } from './kernel/bands.js';
import { sessionVwap } from './kernel/session-vwap.js';
import { ANCHORS } from './kernel/sessions.js';
import { choice, number, source } from './params.js';

export const vwapIndicator = defineIndicator({
  id: 'vwap',
  title: 'VWAP (session)',
  group: 'volume',
  params: {
    source: source('hlc3'),
    session: choice('Session', ANCHORS, 'day'),
    multiple: number('Band deviations', 1, 0.1, 20, 0.1),
  },
  outputs: { upper: band('Upper', 'lower'), vwap: line('VWAP'), lower: line('Lower', 'muted') },
  pane: 'price',
  formula:
    'Σ(price · volume) / Σ volume since the UTC session opened, ± volume-weighted deviations; the price where nothing traded.',
  pine: ['ta.vwap'],
  create: (g, p) => {
    const { vwap, deviation } = sessionVwap(g, g.source(p.source), p.session);
    const { upper, lower } = around(g, vwap, deviation, p.multiple);
    return { upper, vwap, lower };
  },
});
