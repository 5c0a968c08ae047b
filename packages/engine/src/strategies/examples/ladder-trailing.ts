import type { StrategyDocument } from '../document.js';

export const ladderTrailing: StrategyDocument = {
  schema: 1,
  name: 'Ladder: partial profits, break-even and trailing stop',
  description:
    'Supertrend turns decide; the way out is the point: a third is sold at one times the risk, a third at two, then the stop stands at the entry and the rest trails.',
  timeframe: '30m',
  params: {
    multiple: { kind: 'number', title: 'Supertrend multiple', default: 3, min: 1, max: 6, step: 0.5, whole: false },
  },
  indicators: { st: { id: 'supertrend', params: { multiple: '$multiple' } } },
  conditions: { turnedUp: { crossesAbove: ['close', 'st'] }, turnedDown: { crossesBelow: ['close', 'st'] } },
  entry: { long: { when: 'turnedUp' } },
  exit: { long: { when: 'turnedDown' } },
  size: { kind: 'risk', ratio: 0.01 },
  stopLoss: { kind: 'atr', period: 14, multiple: 2 },
  takeProfit: [
    { kind: 'risk', multiple: 1, share: 0.33 },
    { kind: 'risk', multiple: 2, share: 0.33 },
  ],
  trailingStop: { kind: 'atr', period: 14, multiple: 3, from: 0.02 },
  breakEven: { at: 0.01, offset: 0.001 },
};
