import { defineIndicator, line, talib } from './define.js';

export const avgpriceIndicator = defineIndicator({
  id: 'avgprice',
  title: 'Average Price',
  group: 'price',
  params: {},
  outputs: { avgprice: line('Average Price') },
  pane: 'price',
  formula: '(open + high + low + close) / 4.',
  talib: talib('AVGPRICE'),
  create: (g) => ({ avgprice: g.price('ohlc4') }),
});
