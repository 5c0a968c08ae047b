import { defineIndicator, line, talib } from './define.js';
import { volumeIndex } from './kernel/accumulation.js';
import { number } from './params.js';

export const nviIndicator = defineIndicator({
  id: 'nvi',
  title: 'Negative Volume Index',
  group: 'volume',
  params: { start: number('Start', 1_000, 1, 1e6, 1) },
  outputs: { nvi: line('NVI') },
  formula:
    'Follows the price change of candles with less volume than the one before, Dysart 1936; TA-Lib starts at 1000, Pine at 1.',
  pine: ['ta.nvi'],
  talib: talib('NVI'),
  create: (g, p) => ({ nvi: volumeIndex(g, p.start, -1) }),
});
