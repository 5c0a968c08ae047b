import { unreachable } from '@wickworks/core';
import type { RunFault } from '@wickworks/engine';

/** Why a run could not start, for people. */
export function faultText(fault: RunFault): string {
  switch (fault.kind) {
    case 'no-markets':
      return 'no market was given';
    case 'no-candles':
      return `${fault.symbol} has no candles`;
    case 'bad-candle':
      return `${fault.symbol} candle ${fault.index}: ${fault.reason}`;
    case 'duplicate-symbol':
      return `${fault.symbol} was given twice`;
    case 'bad-detail':
      return `detail candles of ${fault.symbol}: ${fault.reason}`;
    case 'bad-funding':
      return `funding of ${fault.symbol}: ${fault.reason}`;
    case 'bad-instrument':
      return `${fault.symbol} ${fault.field} ${fault.reason}`;
    case 'bad-rule':
      return `${fault.field} ${fault.reason}`;
    case 'bad-params':
      return fault.issues.map(({ field, message }) => `${field}: ${message}`).join('\n');
    case 'cancelled':
      return 'cancelled';
    default:
      return unreachable(fault);
  }
}
