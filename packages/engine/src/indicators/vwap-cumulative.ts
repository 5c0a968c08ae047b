import { defineIndicator, line, talib } from './define.js';
import { anchoredVwap } from './kernel/session-vwap.js';
import { source } from './params.js';

export const vwapCumulativeIndicator = defineIndicator({
  id: 'vwap-cumulative',
  title: 'VWAP (whole history)',
  group: 'volume',
  params: { source: source('hlc3') },
  outputs: { vwap: line('VWAP') },
  pane: 'price',
  formula: 'Σ(price · volume) / Σ volume from the first candle on.',
  talib: talib('VWAP'),
  create: (g, p) => {
    const price = g.source(p.source);
    return { vwap: anchoredVwap(g, price, (i) => i === price.begin, 'forever').vwap };
  },
});
