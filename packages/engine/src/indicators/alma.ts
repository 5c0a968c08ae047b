import { defineIndicator, line } from './define.js';
import { weighted } from './kernel/averages.js';
import { number, period, source } from './params.js';

export const almaIndicator = defineIndicator({
  id: 'alma',
  title: 'Arnaud Legoux Moving Average',
  group: 'average',
  params: {
    source: source(),
    period: period(9),
    offset: number('Offset', 0.85, 0, 1, 0.05),
    sigma: number('Sigma', 6, 0.1, 100, 0.5),
  },
  outputs: { alma: line('ALMA') },
  pane: 'price',
  formula: 'Gaussian weights centred at offset · (period − 1), width period / sigma, Legoux 2009.',
  pine: ['ta.alma'],
  create: (g, p) => {
    const centre = p.offset * (p.period - 1);
    const width = p.period / p.sigma;
    const bell = Array.from({ length: p.period }, (_, k) => Math.exp(-((k - centre) ** 2) / (2 * width * width)));
    return { alma: weighted(g, g.source(p.source), bell) };
  },
});
