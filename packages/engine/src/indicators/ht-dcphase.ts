import { defineIndicator, line, talib } from './define.js';
import { LONG_SETTLE, cycle, cyclePhase } from './kernel/hilbert.js';
import { shownFrom } from './kernel/views.js';
import { source } from './params.js';

export const htDcphaseIndicator = defineIndicator({
  id: 'ht-dcphase',
  title: 'Hilbert Transform: Dominant Cycle Phase',
  group: 'cycle',
  params: { source: source() },
  outputs: { phase: line('Phase') },
  formula: 'Phase of the dominant cycle in degrees, Ehlers 2001 (TA-Lib).',
  talib: talib('HT_DCPHASE'),
  create: (g, p) => {
    const input = g.source(p.source);
    return { phase: shownFrom(g, cyclePhase(g, cycle(g, input, LONG_SETTLE)), input.begin + 63) };
  },
});
