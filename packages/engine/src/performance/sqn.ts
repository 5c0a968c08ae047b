import { defineMetric } from './metric.js';
import { deviation, mean } from './moments.js';
import { TRIPS_MIN } from './run-facts.js';

/** How far the mean profit stands out of its scatter; above 2 is called good. */
export const sqn = defineMetric({
  id: 'sqn',
  title: 'System quality (SQN)',
  group: 'trades',
  unit: 'number',
  needs: { trips: TRIPS_MIN },
  definition: 'How far the mean profit stands out of its scatter; above 2 is called good.',
  formula: '√trades × mean(profit) ÷ sample deviation(profit)',
  source: 'V. K. Tharp, "Trade Your Way to Financial Freedom"; here over all trades, not the last 100 at most',
  calculate: (facts) => {
    const pnls = facts.roundTrips.map(({ pnl }) => pnl);
    return (Math.sqrt(pnls.length) * mean(pnls)) / deviation(pnls);
  },
});
