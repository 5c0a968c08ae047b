import { defineIndicator, line, talib } from './define.js';
import { map2, ratio } from './kernel/arithmetic.js';
import { gainLoss } from './kernel/oscillator.js';
import { period, source } from './params.js';

export const cmoIndicator = defineIndicator({
  id: 'cmo',
  title: 'Chande Momentum Oscillator',
  group: 'momentum',
  params: { source: source(), period: period(14) },
  outputs: { cmo: line('CMO') },
  levels: [-50, 0, 50],
  formula: '100 · (gain − loss) / (gain + loss) of Wilder averages (TA-Lib); Chande himself sums, see `cmou`.',
  talib: talib('CMO', { timePeriod: 'period' }),
  create: (g, p) => {
    const { gain, loss } = gainLoss(g, g.source(p.source), p.period);
    return { cmo: map2(g, gain, loss, (up, down) => 100 * ratio(up - down, up + down)) };
  },
});
