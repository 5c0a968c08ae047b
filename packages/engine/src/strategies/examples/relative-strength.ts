import type { StrategyDocument } from '../document.js';

export const relativeStrength: StrategyDocument = {
  schema: 1,
  name: 'Pairs: relative strength against a market leader',
  description:
    'Buys what gains on the leader (BTC/USDT by default): the ratio of both prices is above its average and rising, and the leader itself is not falling. Give the run both markets; only the others are traded where you say so.',
  timeframe: '1h',
  params: { span: { kind: 'number', title: 'Span', default: 72, min: 12, max: 240, step: 6, whole: true } },
  indicators: {
    own: { id: 'roc', params: { period: '$span' } },
    leader: { id: 'roc', params: { period: '$span' }, symbol: 'BTC/USDT' },
    leaderTrend: { id: 'ema', params: { period: 100 }, symbol: 'BTC/USDT' },
    leaderClose: { id: 'sma', params: { period: 1 }, symbol: 'BTC/USDT' },
  },
  conditions: {
    ahead: { compare: [{ sub: ['own', 'leader'] }, '>', 1] },
    leaderFine: { compare: ['leaderClose', '>', 'leaderTrend'] },
    outrun: { all: ['leaderFine', { during: 3, of: 'ahead' }] },
    fadeOut: { compare: ['own', '<', 'leader'] },
  },
  entry: { long: { when: 'outrun' } },
  exit: { long: { when: 'fadeOut' } },
  size: { kind: 'equity', ratio: 0.3 },
  stopLoss: { kind: 'ratio', ratio: 0.06 },
  cooldown: { candles: 6 },
};
