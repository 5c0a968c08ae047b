import type { StrategyDocument } from '../document.js';

export const gridAverageDown: StrategyDocument = {
  schema: 1,
  name: 'Grid: averaging down with a floor',
  description:
    'Buys weakness in steps: a first lot when the price is well below its average, up to four more, each two percent lower. Everything is sold at a small profit over the mean price, or at a hard stop that bounds the loss.',
  timeframe: '15m',
  params: {
    below: {
      kind: 'number',
      title: 'First buy below the average',
      default: 0.015,
      min: 0.005,
      max: 0.1,
      step: 0.005,
      whole: false,
    },
    step: { kind: 'number', title: 'Step', default: 0.02, min: 0.005, max: 0.1, step: 0.005, whole: false },
    profit: { kind: 'number', title: 'Profit', default: 0.012, min: 0.002, max: 0.1, step: 0.002, whole: false },
  },
  indicators: { mean: { id: 'sma', params: { period: 96 } } },
  conditions: {
    cheap: { compare: ['close', '<', { mul: ['mean', { sub: [1, '$below'] }] }] },
    inProfit: { compare: ['@profit', '>=', '$profit'] },
  },
  entry: { long: { when: 'cheap' } },
  exit: { long: { when: 'inProfit' } },
  size: { kind: 'equity', ratio: 0.15 },
  stopLoss: { kind: 'ratio', ratio: 0.15 },
  pyramiding: { entriesMax: 5, step: '$step', averageDown: true },
};
