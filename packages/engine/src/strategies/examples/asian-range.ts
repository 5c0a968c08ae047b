import type { StrategyDocument } from '../document.js';

export const asianRange: StrategyDocument = {
  schema: 1,
  name: "Time of day: break of the night's range",
  description:
    'Notes the range of the hours from midnight to eight UTC and follows its break until the afternoon; whatever is open is closed before the day ends.',
  timeframe: '15m',
  params: {
    room: {
      kind: 'number',
      title: 'Room beyond the range',
      default: 0.001,
      min: 0,
      max: 0.01,
      step: 0.0005,
      whole: false,
    },
  },
  indicators: {},
  conditions: {
    morning: { time: { from: '08:00', to: '15:00', weekdays: [1, 2, 3, 4, 5] } },
    evening: { time: { from: '21:30', to: '23:59' } },
    aboveNight: {
      all: [
        'morning',
        { crossesAbove: ['close', { mul: [{ ago: 1, of: { highest: 'high', over: 32 } }, { add: [1, '$room'] }] }] },
      ],
    },
    belowNight: {
      all: [
        'morning',
        { crossesBelow: ['close', { mul: [{ ago: 1, of: { lowest: 'low', over: 32 } }, { sub: [1, '$room'] }] }] },
      ],
    },
  },
  entry: { long: { when: 'aboveNight' }, short: { when: 'belowNight' } },
  exit: { long: { when: 'evening' }, short: { when: 'evening' } },
  opposite: 'close',
  size: { kind: 'risk', ratio: 0.005 },
  stopLoss: { kind: 'atr', period: 14, multiple: 2.5 },
  takeProfit: [{ kind: 'risk', multiple: 2 }],
};
