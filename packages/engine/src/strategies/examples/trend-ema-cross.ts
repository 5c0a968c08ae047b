import type { StrategyDocument } from '../document.js';

export const trendEmaCross: StrategyDocument = {
  schema: 1,
  name: 'Trend: EMA cross with an ADX filter',
  description:
    'Follows trends: buys when the fast average crosses above the slow one while ADX says that there is a trend, and sells on the way back. The stop follows volatility, so that quiet and wild markets risk alike.',
  timeframe: '1h',
  params: {
    fast: { kind: 'number', title: 'Fast EMA', default: 21, min: 5, max: 60, step: 1, whole: true },
    slow: { kind: 'number', title: 'Slow EMA', default: 55, min: 20, max: 200, step: 1, whole: true },
    adxMin: { kind: 'number', title: 'Least ADX', default: 20, min: 5, max: 50, step: 1, whole: true },
    riskRatio: {
      kind: 'number',
      title: 'Risk per trade',
      default: 0.01,
      min: 0.001,
      max: 0.05,
      step: 0.001,
      whole: false,
    },
  },
  indicators: {
    fast: { id: 'ema', params: { period: '$fast' } },
    slow: { id: 'ema', params: { period: '$slow' } },
    adx: { id: 'adx' },
  },
  conditions: {
    trending: { compare: ['adx', '>', '$adxMin'] },
    crossUp: { all: [{ crossesAbove: ['fast', 'slow'] }, 'trending'] },
    crossDown: { crossesBelow: ['fast', 'slow'] },
  },
  entry: { long: { when: 'crossUp' } },
  exit: { long: { when: 'crossDown' } },
  size: { kind: 'risk', ratio: '$riskRatio' },
  stopLoss: { kind: 'atr', period: 14, multiple: 3 },
};
