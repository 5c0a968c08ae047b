import type { StrategyDocument } from '../document.js';

export const breakoutDonchian: StrategyDocument = {
  schema: 1,
  name: 'Breakout: Donchian channel both ways',
  description:
    "The turtles' idea: buy a new high of the long channel, sell short a new low, leave at the opposite edge of the short one. Adds to winners up to three times, half an ATR apart in price.",
  timeframe: '1h',
  params: {
    entry: { kind: 'number', title: 'Entry channel', default: 48, min: 10, max: 200, step: 2, whole: true },
    leave: { kind: 'number', title: 'Exit channel', default: 24, min: 5, max: 100, step: 1, whole: true },
  },
  indicators: {
    entryBand: { id: 'donchian', params: { period: '$entry' } },
    exitBand: { id: 'donchian', params: { period: '$leave' } },
  },
  conditions: {
    newHigh: { compare: ['close', '>', { ago: 1, of: 'entryBand.upper' }] },
    newLow: { compare: ['close', '<', { ago: 1, of: 'entryBand.lower' }] },
    lostGround: { compare: ['close', '<', { ago: 1, of: 'exitBand.lower' }] },
    gainedGround: { compare: ['close', '>', { ago: 1, of: 'exitBand.upper' }] },
  },
  entry: { long: { when: 'newHigh' }, short: { when: 'newLow' } },
  exit: { long: { when: 'lostGround' }, short: { when: 'gainedGround' } },
  size: { kind: 'risk', ratio: 0.005 },
  stopLoss: { kind: 'atr', period: 20, multiple: 2 },
  pyramiding: { entriesMax: 3, step: 0.01 },
};
