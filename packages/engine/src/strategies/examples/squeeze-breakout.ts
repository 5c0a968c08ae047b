import type { StrategyDocument } from '../document.js';

export const squeezeBreakout: StrategyDocument = {
  schema: 1,
  name: 'Volatility squeeze: Bollinger inside Keltner',
  description:
    'Waits until the Bollinger bands have lain inside the Keltner channel, the sign of a market holding its breath, and follows the first close beyond the upper band. A trailing stop lets it run.',
  timeframe: '30m',
  params: {
    period: { kind: 'number', title: 'Period', default: 20, min: 10, max: 50, step: 1, whole: true },
    quiet: { kind: 'number', title: 'Candles of quiet', default: 6, min: 2, max: 30, step: 1, whole: true },
  },
  indicators: {
    bb: { id: 'bbands', params: { period: '$period' } },
    kc: { id: 'keltner', params: { period: '$period' } },
  },
  conditions: {
    squeezed: { all: [{ compare: ['bb.upper', '<', 'kc.upper'] }, { compare: ['bb.lower', '>', 'kc.lower'] }] },
    wasQuiet: { within: 3, of: { during: '$quiet', of: 'squeezed' } },
    release: { all: ['wasQuiet', { crossesAbove: ['close', 'bb.upper'] }] },
  },
  entry: { long: { when: 'release' } },
  exit: {},
  size: { kind: 'risk', ratio: 0.01 },
  stopLoss: { kind: 'price', price: 'bb.middle' },
  trailingStop: { kind: 'atr', period: 14, multiple: 3, from: 0.01 },
};
