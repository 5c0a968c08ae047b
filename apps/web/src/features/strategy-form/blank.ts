import type { Json } from '../../data/strategies-json.js';

/** What a new strategy begins with: small, and sound from the start. */
export const BLANK_STRATEGY: Json = {
  schema: 1,
  name: 'New strategy',
  timeframe: '1h',
  params: {
    period: { kind: 'number', title: 'RSI period', default: 14, min: 2, max: 50, step: 1, whole: true },
  },
  indicators: { rsi: { id: 'rsi', params: { period: '$period' } } },
  conditions: {},
  entry: { long: { when: { crossesAbove: ['rsi', 30] }, label: 'RSI recovers' } },
  exit: { long: { when: { crossesBelow: ['rsi', 70] }, label: 'RSI falls back' } },
  size: { kind: 'equity', ratio: 0.95 },
  stopLoss: { kind: 'ratio', ratio: 0.03 },
};
