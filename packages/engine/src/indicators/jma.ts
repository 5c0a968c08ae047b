import { defineIndicator, line } from './define.js';
import { number, period, source } from './params.js';
import { fades } from './kernel/memory.js';

export const jmaIndicator = defineIndicator({
  id: 'jma',
  title: 'Jurik-like Moving Average',
  group: 'average',
  params: {
    source: source(),
    period: period(7),
    phase: number('Phase', 50, -100, 100, 10),
    power: number('Power', 2, 1, 5, 1),
  },
  outputs: { jma: line('JMA-like') },
  pane: 'price',
  formula: 'The published approximation of the JMA (its own formula is secret): adaptive smoothing in three stages.',
  create: (g, p) => {
    const input = g.source(p.source);
    const state = g.state(3);
    const ratioOfPhase = p.phase / 100 + 1.5;
    const beta = (0.45 * (p.period - 1)) / (0.45 * (p.period - 1) + 2);
    const alpha = beta ** p.power;
    // Three roots at alpha and one at beta: as many smoothings one after the other.
    const column = fades(g.column(input.begin), 1 - alpha, 1 - alpha, 1 - alpha, 1 - beta);
    g.node(input.begin, (from, to) => {
      let smooth = state[0]!;
      let trend = state[1]!;
      let step = state[2]!;
      for (let i = from; i < to; i++) {
        const value = input.values[i]!;
        if (i === input.begin) {
          smooth = value;
          trend = 0;
          step = 0;
          column.values[i] = value;
          continue;
        }
        const before = column.values[i - 1]!;
        smooth = (1 - alpha) * value + alpha * smooth;
        trend = (value - smooth) * (1 - beta) + beta * trend;
        step = (smooth + ratioOfPhase * trend - before) * (1 - alpha) ** 2 + alpha ** 2 * step;
        column.values[i] = before + step;
      }
      state[0] = smooth;
      state[1] = trend;
      state[2] = step;
    });
    return { jma: column };
  },
});
