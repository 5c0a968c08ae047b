import type { StrategyDocument } from '../document.js';

export const multiTimeframeMacd: StrategyDocument = {
  schema: 1,
  name: 'Several timeframes: MACD with the daily trend',
  description:
    'The day decides the side, the hour the moment: only when the daily close is above its average does a MACD cross on the hour buy. Daily candles count once they have closed, never before.',
  timeframe: '1h',
  params: { daily: { kind: 'number', title: 'Daily average', default: 10, min: 3, max: 60, step: 1, whole: true } },
  indicators: {
    daily: { id: 'sma', params: { period: '$daily' }, timeframe: '1d' },
    dayClose: { id: 'sma', params: { period: 1 }, timeframe: '1d' },
    macd: { id: 'macd' },
  },
  conditions: {
    dayUp: { compare: ['dayClose', '>', 'daily'] },
    turnUp: { crossesAbove: ['macd.macd', 'macd.signal'] },
    turnDown: { crossesBelow: ['macd.macd', 'macd.signal'] },
    dayDown: { not: 'dayUp' },
    buy: { all: ['dayUp', 'turnUp'] },
  },
  entry: { long: { when: 'buy' } },
  exit: { long: { when: { any: ['turnDown', 'dayDown'] } } },
  size: { kind: 'equity', ratio: 0.9 },
  stopLoss: { kind: 'ratio', ratio: 0.05 },
};
