import type { StrategyDocument } from '../document.js';

export const kellyReversal: StrategyDocument = {
  schema: 1,
  name: 'Exhaustion: z-score reversal sized by Kelly',
  description:
    'Trades against exaggeration in both directions: the close is far from its mean in standard deviations and the last candle has turned. The stake grows with what the strategy has earned so far, by a quarter of Kelly, and stays small until there is something to judge by.',
  timeframe: '1h',
  params: {
    far: { kind: 'number', title: 'How far', default: 2.2, min: 1, max: 4, step: 0.1, whole: false },
    period: { kind: 'number', title: 'Period', default: 48, min: 10, max: 200, step: 2, whole: true },
  },
  indicators: { z: { id: 'zscore', params: { period: '$period' } } },
  conditions: {
    tooLow: {
      all: [{ compare: [{ ago: 1, of: 'z' }, '<', { mul: [-1, '$far'] }] }, { compare: ['close', '>', 'open'] }],
    },
    tooHigh: { all: [{ compare: [{ ago: 1, of: 'z' }, '>', '$far'] }, { compare: ['close', '<', 'open'] }] },
    backDown: { compare: ['z', '>=', 0] },
    backUp: { compare: ['z', '<=', 0] },
  },
  entry: { long: { when: 'tooLow' }, short: { when: 'tooHigh' } },
  exit: { long: { when: 'backDown' }, short: { when: 'backUp' } },
  opposite: 'close',
  size: { kind: 'kelly', fraction: 0.25, cap: 0.4, tradesMin: 20 },
  stopLoss: { kind: 'atr', period: 24, multiple: 4 },
  timeStop: { candles: 120 },
};
