import { defineIndicator, line } from './define.js';
import { map3, mapLag } from './kernel/arithmetic.js';
import { rsi } from './kernel/oscillator.js';
import { percentRank } from './kernel/sorted-window.js';
import { period, source } from './params.js';
import { remembers } from './kernel/memory.js';

export const connorsRsiIndicator = defineIndicator({
  id: 'connors-rsi',
  title: 'Connors RSI',
  group: 'momentum',
  params: {
    source: source(),
    period: period(3, 1, 'RSI period'),
    streak: period(2, 1, 'Streak RSI period'),
    rank: period(100, 1, 'Rank period', 5_000),
  },
  outputs: { crsi: line('CRSI') },
  levels: [10, 50, 90],
  formula: 'Mean of RSI, RSI of the streak of rises or falls, and percent rank of the 1-candle change, Connors 2012.',
  create: (g, p) => {
    const input = g.source(p.source);
    const streak = remembers(
      g.derive(input.begin, (from, to, out) => {
        const values = input.values;
        let count = from === input.begin ? 0 : out[from - 1]!;
        for (let i = from; i < to; i++) {
          const change = i === input.begin ? 0 : values[i]! - values[i - 1]!;
          count = change > 0 ? Math.max(count, 0) + 1 : change < 0 ? Math.min(count, 0) - 1 : 0;
          out[i] = count;
        }
      }),
      'market',
    );
    const change = mapLag(g, input, 1, (now, then) => (then === 0 ? 0 : (100 * (now - then)) / then));
    return {
      crsi: map3(
        g,
        rsi(g, input, p.period),
        rsi(g, streak, p.streak),
        percentRank(g, change, p.rank),
        (a, b, c) => (a + b + c) / 3,
      ),
    };
  },
});
