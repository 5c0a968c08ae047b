import { defineIndicator, line, talib } from './define.js';
import { map3, ratio } from './kernel/arithmetic.js';

export const marketfiIndicator = defineIndicator({
  id: 'marketfi',
  title: 'Market Facilitation Index',
  group: 'volume',
  params: {},
  outputs: { marketfi: line('BW MFI') },
  formula: '(high − low) / volume, Williams; 0 where nothing traded.',
  talib: talib('MARKETFI'),
  create: (g) => ({ marketfi: map3(g, g.high, g.low, g.volume, (top, bottom, traded) => ratio(top - bottom, traded)) }),
});
