import { defineIndicator, line } from './define.js';
import { lagged, ratio } from './kernel/arithmetic.js';
import { windowMax, windowMin } from './kernel/window-extremes.js';
import { period, source } from './params.js';
import { fades } from './kernel/memory.js';

export const fisherIndicator = defineIndicator({
  id: 'fisher',
  title: 'Fisher Transform',
  group: 'momentum',
  params: { source: source('hl2'), period: period(9, 2) },
  outputs: { fisher: line('Fisher'), trigger: line('Trigger', 'secondary') },
  levels: [-1.5, 0, 1.5],
  formula:
    'Fisher transform of the smoothed place in the range, Ehlers 2002; the middle of a flat range counts as no change.',
  create: (g, p) => {
    const input = g.source(p.source);
    const top = windowMax(g, input, p.period);
    const bottom = windowMin(g, input, p.period);
    const begin = top.begin;
    const place = fades(
      g.derive(begin, (from, to, out) => {
        let value = from === begin ? 0 : out[from - 1]!;
        for (let i = from; i < to; i++) {
          const share = ratio(input.values[i]! - bottom.values[i]!, top.values[i]! - bottom.values[i]!, 0.5);
          value = 0.66 * (share - 0.5) + 0.67 * value;
          // Ehlers' own guard against infinity: it sets in before the value it sets.
          if (value > 0.99) value = 0.999;
          else if (value < -0.99) value = -0.999;
          out[i] = value;
        }
      }),
      0.33,
    );
    const fisher = fades(
      g.derive(begin, (from, to, out) => {
        let value = from === begin ? 0 : out[from - 1]!;
        for (let i = from; i < to; i++) {
          value = 0.5 * Math.log((1 + place.values[i]!) / (1 - place.values[i]!)) + 0.5 * value;
          out[i] = value;
        }
      }),
      0.5,
    );
    return { fisher, trigger: lagged(g, fisher, 1) };
  },
});
