import { defineIndicator, line, talib } from './define.js';
import { SHORT_SETTLE, cycle } from './kernel/hilbert.js';
import { shownFrom } from './kernel/views.js';
import { source } from './params.js';

export const htDcperiodIndicator = defineIndicator({
  id: 'ht-dcperiod',
  title: 'Hilbert Transform: Dominant Cycle Period',
  group: 'cycle',
  params: { source: source() },
  outputs: { period: line('Cycle period') },
  formula: 'Length of the dominant cycle by the homodyne discriminator, Ehlers 2001 (TA-Lib).',
  talib: talib('HT_DCPERIOD'),
  create: (g, p) => {
    const input = g.source(p.source);
    return { period: shownFrom(g, cycle(g, input, SHORT_SETTLE).period, input.begin + 32) };
  },
});
