import { defineIndicator, line, talib } from './define.js';
import { SHORT_SETTLE, cycle } from './kernel/hilbert.js';
import { shownFrom } from './kernel/views.js';
import { source } from './params.js';

export const htPhasorIndicator = defineIndicator({
  id: 'ht-phasor',
  title: 'Hilbert Transform: Phasor Components',
  group: 'cycle',
  params: { source: source() },
  outputs: { inPhase: line('In phase'), quadrature: line('Quadrature', 'secondary') },
  levels: [0],
  formula: 'In-phase and quadrature parts of the detrended price, Ehlers 2001 (TA-Lib).',
  talib: talib('HT_PHASOR'),
  create: (g, p) => {
    const input = g.source(p.source);
    const { inPhase, quadrature } = cycle(g, input, SHORT_SETTLE);
    const begin = input.begin + 32;
    return { inPhase: shownFrom(g, inPhase, begin), quadrature: shownFrom(g, quadrature, begin) };
  },
});
