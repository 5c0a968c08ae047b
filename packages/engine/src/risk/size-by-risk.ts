import { assert } from '@wickworks/core';

/** Base quantity whose loss at the stop is `riskRatio` of equity; rounding to the lot belongs to execution/. */
export function sizeByRisk(input: {
  equity: number;
  entryPrice: number;
  stopPrice: number;
  riskRatio: number;
}): number {
  const lossPerUnit = Math.abs(input.entryPrice - input.stopPrice);
  assert(lossPerUnit > 0, 'stop price differs from entry price');
  return (input.equity * input.riskRatio) / lossPerUnit;
}
