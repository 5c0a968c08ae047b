import { defineIndicator, line, talib } from './define.js';
import { map2 } from './kernel/arithmetic.js';
import type { Graph } from './kernel/graph.js';
import { type Series } from './kernel/graph.js';
import { windowSum } from './kernel/window-sum.js';
import { period } from './params.js';

export const mfiIndicator = defineIndicator({
  id: 'mfi',
  title: 'Money Flow Index',
  group: 'volume',
  params: { period: period(14) },
  outputs: { mfi: line('MFI') },
  levels: [20, 50, 80],
  formula:
    '100 · rising money flow / all money flow of `period` typical-price changes; 0 when no money moved. TA-Lib also gives 0 below a flow of 1, which is wrong for small quotes, so that is not copied.',
  pine: ['ta.mfi'],
  talib: talib('MFI', { timePeriod: 'period' }),
  create: (g, p) => {
    const typical = g.price('hlc3');
    const { volume } = g;
    const rising = flow(g, typical, volume, 1);
    const falling = flow(g, typical, volume, -1);
    return {
      mfi: map2(g, windowSum(g, rising, p.period), windowSum(g, falling, p.period), (up, down) =>
        up + down === 0 ? 0 : (100 * up) / (up + down),
      ),
    };
  },
});

/** Price · volume of candles whose price moved in `direction`, else 0. */
function flow(g: Graph, price: Series, volume: Series, direction: 1 | -1): Series {
  return g.derive(price.begin + 1, (from, to, out) => {
    const prices = price.values;
    const volumes = volume.values;
    for (let i = from; i < to; i++) {
      const moved = direction * (prices[i]! - prices[i - 1]!) > 0;
      out[i] = moved ? prices[i]! * volumes[i]! : 0;
    }
  });
}
