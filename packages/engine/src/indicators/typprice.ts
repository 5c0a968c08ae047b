import { defineIndicator, line, talib } from './define.js';

export const typpriceIndicator = defineIndicator({
  id: 'typprice',
  title: 'Typical Price',
  group: 'price',
  params: {},
  outputs: { typprice: line('Typical Price') },
  pane: 'price',
  formula: '(high + low + close) / 3.',
  talib: talib('TYPPRICE'),
  create: (g) => ({ typprice: g.price('hlc3') }),
});
