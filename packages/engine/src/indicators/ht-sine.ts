import { defineIndicator, line, talib } from './define.js';
import { map } from './kernel/arithmetic.js';
import { LONG_SETTLE, RADIANS_TO_DEGREES, cycle, cyclePhase } from './kernel/hilbert.js';
import { shownFrom } from './kernel/views.js';
import { source } from './params.js';

export const htSineIndicator = defineIndicator({
  id: 'ht-sine',
  title: 'Hilbert Transform: Sine Wave',
  group: 'cycle',
  params: { source: source() },
  outputs: { sine: line('Sine'), leadSine: line('Lead sine', 'secondary') },
  levels: [-1, 0, 1],
  formula: 'Sine of the dominant cycle phase, now and 45° ahead, Ehlers 2001 (TA-Lib).',
  talib: talib('HT_SINE'),
  create: (g, p) => {
    const input = g.source(p.source);
    const phase = shownFrom(g, cyclePhase(g, cycle(g, input, LONG_SETTLE)), input.begin + 63);
    return {
      sine: map(g, phase, (degrees) => Math.sin(degrees / RADIANS_TO_DEGREES)),
      leadSine: map(g, phase, (degrees) => Math.sin((degrees + 45) / RADIANS_TO_DEGREES)),
    };
  },
});
