import type { StrategyDocument } from '../document.js';

export const stopLimitBreakout: StrategyDocument = {
  schema: 1,
  name: 'Waiting breakout: stop-limit above the range',
  description:
    'While the market is in a narrow range, an order waits above it: bought where the range breaks, but never dearer than a small way beyond. A leap over both prices is left to others until it comes back.',
  timeframe: '1h',
  params: {
    range: { kind: 'number', title: 'Range, candles', default: 24, min: 6, max: 120, step: 2, whole: true },
    width: { kind: 'number', title: 'Range at most', default: 0.04, min: 0.005, max: 0.2, step: 0.005, whole: false },
    room: {
      kind: 'number',
      title: 'Pays at most beyond',
      default: 0.002,
      min: 0,
      max: 0.02,
      step: 0.001,
      whole: false,
    },
  },
  indicators: {
    range: { id: 'donchian', params: { period: '$range' } },
    trend: { id: 'ema', params: { period: 50 }, timeframe: '4h' },
  },
  conditions: {
    isNarrow: { compare: [{ div: [{ sub: ['range.upper', 'range.lower'] }, 'close'] }, '<', '$width'] },
    uptrend: { compare: ['close', '>', 'trend'] },
    waiting: { all: ['isNarrow', 'uptrend'] },
  },
  entry: {
    long: {
      when: 'waiting',
      order: { type: 'stop-limit', price: 'range.upper', limitOffset: '$room', expiresAfter: 6 },
    },
  },
  exit: { long: { when: { crossesBelow: ['close', 'range.middle'] }, label: 'back in the range' } },
  size: { kind: 'risk', ratio: 0.01 },
  stopLoss: { kind: 'price', price: 'range.lower' },
  takeProfit: [{ kind: 'risk', multiple: 3, share: 0.5 }],
};
