import { defineIndicator, line, talib } from './define.js';
import { volumeIndex } from './kernel/accumulation.js';
import { number } from './params.js';

export const pviIndicator = defineIndicator({
  id: 'pvi',
  title: 'Positive Volume Index',
  group: 'volume',
  params: { start: number('Start', 1_000, 1, 1e6, 1) },
  outputs: { pvi: line('PVI') },
  formula:
    'Follows the price change of candles with more volume than the one before, Dysart 1936; TA-Lib starts at 1000, Pine at 1.',
  pine: ['ta.pvi'],
  talib: talib('PVI'),
  create: (g, p) => ({ pvi: volumeIndex(g, p.start, 1) }),
});
