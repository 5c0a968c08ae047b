import { defineIndicator, line } from './define.js';
import { middle } from './kernel/arithmetic.js';
import type { Series } from './kernel/graph.js';
import { windowMax, windowMin } from './kernel/window-extremes.js';
import { period } from './params.js';

export const ichimokuIndicator = defineIndicator({
  id: 'ichimoku',
  title: 'Ichimoku Cloud',
  group: 'trend',
  params: {
    conversion: period(9, 1, 'Conversion period'),
    base: period(26, 1, 'Base period'),
    spanB: period(52, 1, 'Span B period'),
    displacement: period(26, 0, 'Displacement', 1_000),
  },
  outputs: {
    conversion: line('Tenkan'),
    base: line('Kijun', 'secondary'),
    spanA: { title: 'Senkou A', plot: 'band', role: 'up', bandTo: 'spanB', shiftBy: 'displacement' },
    spanB: line('Senkou B', 'down', { shiftBy: 'displacement' }),
    lagging: line('Chikou', 'muted', { shiftBy: 'displacement', shiftBack: true }),
  },
  pane: 'price',
  formula:
    'Midpoints of the ranges over three periods, Hosoda 1969. Values stand at the candle that knows them; only the drawing is displaced.',
  create: (g, p) => {
    const midpoint = (span: number): Series => middle(g, windowMax(g, g.high, span), windowMin(g, g.low, span));
    const conversion = midpoint(p.conversion);
    const base = midpoint(p.base);
    return { conversion, base, spanA: middle(g, conversion, base), spanB: midpoint(p.spanB), lagging: g.close };
  },
});
