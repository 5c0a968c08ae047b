import { defineMetric } from './metric.js';

/** Fees paid on all fills. */
export const fees = defineMetric({
  id: 'fees',
  title: 'Fees',
  group: 'costs',
  unit: 'quote',
  needs: {},
  definition: 'Fees paid on all fills.',
  formula: 'Σ fee',
  source: 'Lean Total Fees; Jesse fee',
  calculate: (facts) => facts.costs.fees,
});

/** Lost to slippage on all fills, against the prices without it. */
export const slippage = defineMetric({
  id: 'slippage',
  title: 'Slippage',
  group: 'costs',
  unit: 'quote',
  needs: {},
  definition: 'Lost to slippage on all fills, against the prices without it.',
  formula: 'Σ |fill price − price without slippage| × quantity',
  source: 'Wickworks',
  calculate: (facts) => facts.costs.slippage,
});

/** Funding, interest and liquidation charges paid; negative when received. */
export const carry = defineMetric({
  id: 'carry',
  title: 'Funding and borrowing',
  group: 'costs',
  unit: 'quote',
  needs: {},
  definition: 'Funding, interest and liquidation charges paid; negative when received.',
  formula: 'Σ charge',
  source: 'Wickworks',
  calculate: (facts) => facts.costs.carry,
});

/** Fees, slippage and carry as a share of what the trades would have gained without them. */
export const costShare = defineMetric({
  id: 'costShare',
  title: 'Costs per gross profit',
  group: 'costs',
  unit: 'ratio',
  needs: { points: 1 },
  definition: 'Fees, slippage and carry as a share of what the trades would have gained without them.',
  formula: 'costs ÷ (net profit + costs)',
  source: 'Wickworks',
  calculate: (facts) => {
    const { fees, slippage, carry } = facts.costs;
    const costs = fees + slippage + carry;
    const gross = facts.finalEquity - facts.cash + costs;
    return gross > 0 ? costs / gross : NaN;
  },
});
