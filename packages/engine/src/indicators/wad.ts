import { defineIndicator, line, talib } from './define.js';
import { remembers } from './kernel/memory.js';

export const wadIndicator = defineIndicator({
  id: 'wad',
  title: "Williams' Accumulation / Distribution",
  group: 'volume',
  params: {},
  outputs: { wad: line('WAD') },
  formula: 'Running sum of close − true low on rises and close − true high on falls, Williams; starts at 0.',
  pine: ['ta.wad'],
  talib: talib('WAD'),
  create: (g) => {
    const { high, low, close } = g;
    return {
      wad: remembers(
        g.derive(0, (from, to, out) => {
          let total = from === 0 ? 0 : out[from - 1]!;
          for (let i = from; i < to; i++) {
            const now = close.values[i]!;
            const before = i === 0 ? now : close.values[i - 1]!;
            if (now > before) total += now - Math.min(before, low.values[i]!);
            else if (now < before) total += now - Math.max(before, high.values[i]!);
            out[i] = total;
          }
        }),
        'forever',
      ),
    };
  },
});
