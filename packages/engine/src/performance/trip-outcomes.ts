import { defineMetric } from './metric.js';

/** Finished trades that made money after costs. */
export const winningTrips = defineMetric({
  id: 'winningTrips',
  title: 'Winning trades',
  group: 'trades',
  unit: 'count',
  needs: {},
  definition: 'Finished trades that made money after costs.',
  formula: 'count of profit above 0',
  source: 'freqtrade Win; Jesse total_winning_trades',
  calculate: (facts) => facts.wins.length,
});

/** Finished trades that lost money after costs. */
export const losingTrips = defineMetric({
  id: 'losingTrips',
  title: 'Losing trades',
  group: 'trades',
  unit: 'count',
  needs: {},
  definition: 'Finished trades that lost money after costs.',
  formula: 'count of profit below 0',
  source: 'freqtrade Loss; Jesse total_losing_trades',
  calculate: (facts) => facts.losses.length,
});

/** Finished trades that neither made nor lost anything. */
export const drawnTrips = defineMetric({
  id: 'drawnTrips',
  title: 'Trades at zero',
  group: 'trades',
  unit: 'count',
  needs: {},
  definition: 'Finished trades that neither made nor lost anything.',
  formula: 'count of profit 0',
  source: 'freqtrade Draw',
  calculate: (facts) => facts.roundTrips.length - facts.wins.length - facts.losses.length,
});
