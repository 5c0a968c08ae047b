import type { StrategyDocument } from '../document.js';

export const dcaWeekly: StrategyDocument = {
  schema: 1,
  name: 'Savings plan: weekly purchase, larger in fear',
  description:
    'Buys for a fixed sum every Monday noon, whatever the price, as long as a position is open adding to it; leaves only when the long trend breaks after a large gain. A yardstick for everything cleverer.',
  timeframe: '1h',
  params: { sum: { kind: 'number', title: 'Sum per week', default: 250, min: 10, max: 10000, step: 10, whole: true } },
  indicators: { trend: { id: 'sma', params: { period: 200 } } },
  conditions: {
    payday: { time: { from: '12:00', to: '13:00', weekdays: [1] } },
    harvest: { all: [{ compare: ['@profit', '>', 0.5] }, { compare: ['close', '<', 'trend'] }] },
  },
  entry: { long: { when: 'payday' } },
  exit: { long: { when: 'harvest' } },
  size: { kind: 'quote', amount: '$sum' },
  pyramiding: { entriesMax: 500 },
};
