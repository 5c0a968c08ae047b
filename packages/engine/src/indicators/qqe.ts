import { defineIndicator, line } from './define.js';
import { map, mapLag } from './kernel/arithmetic.js';
import { ema } from './kernel/averages.js';
import { rsi } from './kernel/oscillator.js';
import { number, period, source } from './params.js';
import { remembers } from './kernel/memory.js';

export const qqeIndicator = defineIndicator({
  id: 'qqe',
  title: 'Quantitative Qualitative Estimation',
  group: 'momentum',
  params: {
    source: source(),
    period: period(14, 1, 'RSI period'),
    smoothing: period(5, 1, 'RSI smoothing'),
    factor: number('Factor', 4.236, 0.1, 20, 0.1),
  },
  outputs: { rsi: line('Smoothed RSI'), trail: line('Trailing line', 'secondary') },
  levels: [50],
  formula:
    'Smoothed RSI and a trailing line at factor · twice-smoothed absolute change of it (Wilder periods), Livshin.',
  create: (g, p) => {
    const strength = ema(g, rsi(g, g.source(p.source), p.period), p.smoothing);
    const wilder = 2 * p.period - 1;
    const change = mapLag(g, strength, 1, (now, then) => Math.abs(now - then));
    const width = map(g, ema(g, ema(g, change, wilder), wilder), (value) => p.factor * value);
    const begin = width.begin;
    const trail = remembers(
      g.derive(begin, (from, to, out) => {
        const values = strength.values;
        const widths = width.values;
        for (let i = from; i < to; i++) {
          const now = values[i]!;
          if (i === begin) {
            out[i] = now - widths[i]!;
            continue;
          }
          const before = out[i - 1]!;
          const wasAbove = values[i - 1]! > before;
          if (now > before) out[i] = wasAbove ? Math.max(before, now - widths[i]!) : now - widths[i]!;
          else if (now < before) out[i] = wasAbove ? now + widths[i]! : Math.min(before, now + widths[i]!);
          else out[i] = before;
        }
      }),
      'market',
    );
    return { rsi: strength, trail };
  },
});
