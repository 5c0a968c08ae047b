import { copyColumns } from '@wickworks/core';
import type { CandleKeeper } from './cached-candles.js';

/** The cache, loaded when first asked: it is a help, not a need, and the chart does not wait for its code. */
export function lazyCandleCache(): CandleKeeper {
  let cache: Promise<CandleKeeper> | undefined;
  const open = (): Promise<CandleKeeper> =>
    (cache ??= import('./candle-cache.js').then(({ CandleCache }) => new CandleCache()));
  return {
    read: async (key, limit, beforeMs) => (await open()).read(key, limit, beforeMs),
    write: async (key, { candles, gaps }) => {
      // The columns go on changing while the code is on its way.
      const copy = { candles: copyColumns(candles), gaps };
      await (await open()).write(key, copy);
    },
  };
}
