import type { StrategyDocument } from '../document.js';

export const meanReversionRsi: StrategyDocument = {
  schema: 1,
  name: 'Mean reversion: RSI pullback in an uptrend',
  description:
    'Buys fear inside an uptrend: RSI has fallen below its level while the price is above its long average. Leaves when RSI has recovered, after two days, or at the stop.',
  timeframe: '15m',
  params: {
    rsiPeriod: { kind: 'number', title: 'RSI period', default: 7, min: 2, max: 30, step: 1, whole: true },
    low: { kind: 'number', title: 'Buy below', default: 25, min: 5, max: 45, step: 1, whole: true },
    high: { kind: 'number', title: 'Sell above', default: 60, min: 40, max: 90, step: 1, whole: true },
    trend: { kind: 'number', title: 'Trend EMA', default: 200, min: 50, max: 400, step: 10, whole: true },
  },
  indicators: {
    rsi: { id: 'rsi', params: { period: '$rsiPeriod' } },
    trend: { id: 'ema', params: { period: '$trend' } },
  },
  conditions: {
    uptrend: { compare: ['close', '>', 'trend'] },
    oversold: { compare: ['rsi', '<', '$low'] },
    recovered: { compare: ['rsi', '>', '$high'] },
    pullback: { all: ['uptrend', 'oversold'] },
  },
  entry: { long: { when: 'pullback' } },
  exit: { long: { when: 'recovered' } },
  size: { kind: 'equity', ratio: 0.5 },
  stopLoss: { kind: 'ratio', ratio: 0.04 },
  timeStop: { candles: 192 },
  cooldown: { afterLoss: 16 },
};
