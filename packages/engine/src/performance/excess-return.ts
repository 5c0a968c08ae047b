import { defineMetric } from './metric.js';
import { buyAndHold } from './buy-and-hold.js';
import { totalReturn } from './total-return.js';

/** Total return less that of buying and holding the first market. */
export const excessReturn = defineMetric({
  id: 'excessReturn',
  title: 'Above buy and hold',
  group: 'return',
  unit: 'ratio',
  needs: { points: 1 },
  definition: 'Total return less that of buying and holding the first market.',
  formula: 'total return − buy and hold',
  source: 'Wickworks',
  calculate: (facts) => totalReturn.calculate(facts) - buyAndHold.calculate(facts),
});
