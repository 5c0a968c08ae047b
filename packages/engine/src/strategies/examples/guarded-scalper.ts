import type { StrategyDocument } from '../document.js';

export const guardedScalper: StrategyDocument = {
  schema: 1,
  name: 'Protections: a scalper that knows when to stop',
  description:
    'A quick stochastic scalper with every guard: it pauses after three stopped trades, after a fall of the equity and while the market pays nothing; a table of falling targets (ROI) closes what takes too long.',
  timeframe: '5m',
  params: { low: { kind: 'number', title: 'Oversold', default: 20, min: 5, max: 40, step: 1, whole: true } },
  indicators: { stoch: { id: 'stoch' }, trend: { id: 'ema', params: { period: 100 } } },
  conditions: {
    turn: {
      all: [
        { crossesAbove: ['stoch.k', 'stoch.d'] },
        { compare: ['stoch.d', '<', '$low'] },
        { compare: ['close', '>', 'trend'] },
      ],
    },
  },
  entry: { long: { when: 'turn', order: { type: 'limit', offset: 0.0005, expiresAfter: 3 } } },
  exit: {},
  size: { kind: 'equity', ratio: 0.3 },
  stopLoss: { kind: 'ratio', ratio: 0.01 },
  timeStop: { candles: 72 },
  roi: [
    { after: 0, ratio: 0.012 },
    { after: 12, ratio: 0.006 },
    { after: 36, ratio: 0.001 },
  ],
  cooldown: { candles: 3 },
  protections: [
    { kind: 'stop-loss-guard', losses: 3, within: 72, pause: 36 },
    { kind: 'max-drawdown', ratio: 0.05, within: 576, pause: 144 },
    { kind: 'low-profit', trades: 6, within: 288, returnRatio: 0, pause: 72 },
  ],
};
