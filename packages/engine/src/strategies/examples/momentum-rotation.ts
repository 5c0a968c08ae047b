import type { StrategyDocument } from '../document.js';

export const momentumRotation: StrategyDocument = {
  schema: 1,
  name: 'Momentum: only while the market leader leads',
  description:
    'For several markets at once: holds what rises faster than its own past and is near its high, sized by volatility so that each market weighs the same; leaves when the momentum is gone.',
  timeframe: '4h',
  params: {
    span: { kind: 'number', title: 'Momentum span', default: 42, min: 6, max: 180, step: 1, whole: true },
    target: {
      kind: 'number',
      title: 'Volatility per market',
      default: 0.2,
      min: 0.05,
      max: 1,
      step: 0.05,
      whole: false,
    },
  },
  indicators: { momentum: { id: 'roc', params: { period: '$span' } }, slow: { id: 'sma', params: { period: 60 } } },
  conditions: {
    strong: {
      all: [
        { compare: ['momentum', '>', 5] },
        { rising: 'momentum', over: 2 },
        { compare: ['close', '>', { mul: [0.97, { highest: 'high', over: 42 }] }] },
      ],
    },
    weak: { any: [{ compare: ['momentum', '<', 0] }, { compare: ['close', '<', 'slow'] }] },
  },
  entry: { long: { when: 'strong' } },
  exit: { long: { when: 'weak' } },
  size: { kind: 'volatility', targetRatio: '$target', period: 42 },
  stopLoss: { kind: 'ratio', ratio: 0.12 },
};
