import type { PriceJump } from '../../data/engine-worker-protocol.js';
import { formatDateTime } from '../../format/time.js';

/** What is odd about the data of a run, one sentence a market; times in `zone`. */
export const jumpWords = (jumps: readonly PriceJump[], zone: string): string[] =>
  jumps.map(({ symbol, timeMs, ratio, count }) => {
    const where = `${symbol} opens ${(Math.abs(ratio) * 100).toFixed(1)} % ${ratio < 0 ? 'below' : 'above'} the close before it`;
    const others = count === 1 ? '' : `, the largest of ${String(count)} such jumps`;
    return `${where} at ${formatDateTime(timeMs, zone)}${others}. Nobody traded in between: so look damaged data, or a replay that begins anew.`;
  });
