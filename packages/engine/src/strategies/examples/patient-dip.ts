import type { StrategyDocument } from '../document.js';

export const patientDip: StrategyDocument = {
  schema: 1,
  name: 'Patient dip: trailing orders in and out',
  description:
    'Does not catch the falling knife: oversold in an uptrend, it lets a trailing order follow the price down and buys only once it has come back from its low. Overbought, it trails the price up the same way instead of selling into strength.',
  timeframe: '30m',
  params: {
    low: { kind: 'number', title: 'Look for a buy below', default: 38, min: 10, max: 45, step: 1, whole: true },
    high: { kind: 'number', title: 'Look for a sale above', default: 65, min: 50, max: 90, step: 1, whole: true },
    turn: { kind: 'number', title: 'Turn, ATRs', default: 1, min: 0.25, max: 4, step: 0.25, whole: false },
    patience: { kind: 'number', title: 'Candles of patience', default: 16, min: 2, max: 96, step: 1, whole: true },
  },
  indicators: {
    rsi: { id: 'rsi', params: { period: 14 } },
    trend: { id: 'ema', params: { period: 200 } },
  },
  conditions: {
    oversold: { all: [{ compare: ['rsi', '<', '$low'] }, { compare: ['close', '>', 'trend'] }] },
    overbought: { compare: ['rsi', '>', '$high'] },
  },
  entry: {
    long: {
      when: 'oversold',
      order: {
        type: 'trailing-stop',
        trail: { kind: 'atr', period: 14, multiple: '$turn' },
        expiresAfter: '$patience',
      },
    },
  },
  exit: {
    long: {
      when: 'overbought',
      order: {
        type: 'trailing-stop',
        trail: { kind: 'atr', period: 14, multiple: '$turn' },
        expiresAfter: '$patience',
      },
    },
  },
  size: { kind: 'risk', ratio: 0.01 },
  stopLoss: { kind: 'atr', period: 14, multiple: 3 },
  timeStop: { candles: 240 },
};
