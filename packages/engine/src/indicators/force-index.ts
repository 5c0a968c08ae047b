import { defineIndicator, line, talib } from './define.js';
import { ema } from './kernel/averages.js';
import { period } from './params.js';

export const forceIndexIndicator = defineIndicator({
  id: 'force-index',
  title: 'Force Index',
  group: 'volume',
  params: { period: period(13) },
  outputs: { force: line('Force index') },
  levels: [0],
  formula: 'EMA of (close − previous close) · volume, Elder 1993.',
  talib: talib('EFI', { timePeriod: 'period' }),
  create: (g, p) => {
    const { close, volume } = g;
    const force = g.derive(1, (from, to, out) => {
      for (let i = from; i < to; i++) out[i] = (close.values[i]! - close.values[i - 1]!) * volume.values[i]!;
    });
    return { force: ema(g, force, p.period) };
  },
});
