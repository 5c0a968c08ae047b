import { defineIndicator, line, talib } from './define.js';
import { directionalIndex, directionalSums } from './kernel/directional.js';
import { period } from './params.js';

export const dxIndicator = defineIndicator({
  id: 'dx',
  title: 'Directional Movement Index',
  group: 'trend',
  params: { period: period(14) },
  outputs: { dx: line('DX') },
  formula: '100 · |+DM − −DM| / (+DM + −DM), Wilder 1978.',
  talib: talib('DX', { timePeriod: 'period' }),
  create: (g, p) => ({ dx: directionalIndex(g, directionalSums(g, p.period), p.period) }),
});
