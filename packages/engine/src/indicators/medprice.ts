import { defineIndicator, line, talib } from './define.js';

export const medpriceIndicator = defineIndicator({
  id: 'medprice',
  title: 'Median Price',
  group: 'price',
  params: {},
  outputs: { medprice: line('Median Price') },
  pane: 'price',
  formula: '(high + low) / 2.',
  talib: talib('MEDPRICE'),
  create: (g) => ({ medprice: g.price('hl2') }),
});
