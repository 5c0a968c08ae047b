import { defineIndicator, line, talib } from './define.js';

export const wclpriceIndicator = defineIndicator({
  id: 'wclprice',
  title: 'Weighted Close',
  group: 'price',
  params: {},
  outputs: { wclprice: line('Weighted Close') },
  pane: 'price',
  formula: '(high + low + 2 · close) / 4.',
  talib: talib('WCLPRICE'),
  create: (g) => ({ wclprice: g.price('hlcc4') }),
});
