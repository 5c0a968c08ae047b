import { defineIndicator, steps, talib } from './define.js';
import { ratio } from './kernel/arithmetic.js';
import { LONG_SETTLE, RADIANS_TO_DEGREES, cycle, cyclePhase, cycleTrendline } from './kernel/hilbert.js';
import { source } from './params.js';
import { remembers } from './kernel/memory.js';

export const htTrendmodeIndicator = defineIndicator({
  id: 'ht-trendmode',
  title: 'Hilbert Transform: Trend or Cycle Mode',
  group: 'cycle',
  params: { source: source() },
  outputs: { trend: steps('Trend mode') },
  formula: '1 in a trend, 0 in a cycle, from phase and trendline, Ehlers 2001 (TA-Lib).',
  talib: talib('HT_TRENDMODE'),
  create: (g, p) => {
    const input = g.source(p.source);
    const found = cycle(g, input, LONG_SETTLE);
    const phase = cyclePhase(g, found);
    const trendline = cycleTrendline(g, input, found);
    const begin = input.begin + 63;
    const column = remembers(g.column(begin), 'market');
    const state = g.state(4);
    g.node(found.start, (from, to) => {
      let daysInTrend = state[0]!;
      let sineBefore = state[1]!;
      let leadBefore = state[2]!;
      let phaseBefore = state[3]!;
      for (let i = from; i < to; i++) {
        const length = found.period.values[i]!;
        const degrees = phase.values[i]!;
        const sine = Math.sin(degrees / RADIANS_TO_DEGREES);
        const lead = Math.sin((degrees + 45) / RADIANS_TO_DEGREES);
        const crossed = (sine > lead && sineBefore <= leadBefore) || (sine < lead && sineBefore >= leadBefore);
        if (crossed) daysInTrend = 0;
        daysInTrend++;
        const turn = degrees - phaseBefore;
        const turnsAsCycle = length !== 0 && turn > (0.67 * 360) / length && turn < (1.5 * 360) / length;
        const away = Math.abs(ratio(found.smooth.values[i]! - trendline.values[i]!, trendline.values[i]!));
        const inTrend = !crossed && daysInTrend >= 0.5 * length && !turnsAsCycle;
        if (i >= begin) column.values[i] = inTrend || away >= 0.015 ? 1 : 0;
        sineBefore = sine;
        leadBefore = lead;
        phaseBefore = degrees;
      }
      state[0] = daysInTrend;
      state[1] = sineBefore;
      state[2] = leadBefore;
      state[3] = phaseBefore;
    });
    return { trend: column };
  },
});
