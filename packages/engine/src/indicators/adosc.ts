import { defineIndicator, line, talib } from './define.js';
import { moneyFlowVolume } from './kernel/accumulation.js';
import { subtract } from './kernel/arithmetic.js';
import type { Series } from './kernel/graph.js';
import { fades } from './kernel/memory.js';
import { shownFrom } from './kernel/views.js';
import { period } from './params.js';

export const adoscIndicator = defineIndicator({
  id: 'adosc',
  title: 'Chaikin Oscillator',
  group: 'volume',
  params: { fast: period(3, 1, 'Fast EMA'), slow: period(10, 1, 'Slow EMA') },
  outputs: { adosc: line('Chaikin oscillator') },
  levels: [0],
  formula: 'EMA(fast) − EMA(slow) of the A/D line, both started at its first value (TA-Lib).',
  talib: talib('ADOSC', { fastPeriod: 'fast', slowPeriod: 'slow' }),
  create: (g, p) => {
    const flow = moneyFlowVolume(g);
    // How far each average lags behind the line. The line itself would grow for ever and swallow their last digits.
    const lag = (span: number): Series => {
      const weight = 2 / (span + 1);
      return fades(
        g.derive(0, (from, to, out) => {
          let behind = from === 0 ? 0 : out[from - 1]!;
          for (let i = from; i < to; i++) {
            behind = i === 0 ? 0 : (1 - weight) * (behind + flow.values[i]!);
            out[i] = behind;
          }
        }),
        weight,
      );
    };
    const difference = subtract(g, lag(p.slow), lag(p.fast));
    return { adosc: shownFrom(g, difference, Math.max(p.fast, p.slow) - 1) };
  },
});
