import { defineIndicator, line, talib } from './define.js';
import { LONG_SETTLE, cycle, cycleTrendline } from './kernel/hilbert.js';
import { shownFrom } from './kernel/views.js';
import { source } from './params.js';

export const htTrendlineIndicator = defineIndicator({
  id: 'ht-trendline',
  title: 'Hilbert Transform: Instantaneous Trendline',
  group: 'cycle',
  params: { source: source() },
  outputs: { trendline: line('Trendline') },
  pane: 'price',
  formula: 'Price averaged over the dominant cycle, then smoothed, Ehlers 2001 (TA-Lib).',
  talib: talib('HT_TRENDLINE'),
  create: (g, p) => {
    const input = g.source(p.source);
    return { trendline: shownFrom(g, cycleTrendline(g, input, cycle(g, input, LONG_SETTLE)), input.begin + 63) };
  },
});
