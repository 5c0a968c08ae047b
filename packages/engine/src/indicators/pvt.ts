import { defineIndicator, line, talib } from './define.js';
import { ratio } from './kernel/arithmetic.js';
import { remembers } from './kernel/memory.js';

export const pvtIndicator = defineIndicator({
  id: 'pvt',
  title: 'Price Volume Trend',
  group: 'volume',
  params: {},
  outputs: { pvt: line('PVT') },
  formula: 'Running sum of volume · relative change of the close; starts at 0.',
  pine: ['ta.pvt'],
  talib: talib('PVT'),
  create: (g) => {
    const { close, volume } = g;
    return {
      pvt: remembers(
        g.derive(0, (from, to, out) => {
          let total = from === 0 ? 0 : out[from - 1]!;
          for (let i = from; i < to; i++) {
            if (i > 0)
              total += volume.values[i]! * ratio(close.values[i]! - close.values[i - 1]!, close.values[i - 1]!);
            out[i] = total;
          }
        }),
        'forever',
      ),
    };
  },
});
