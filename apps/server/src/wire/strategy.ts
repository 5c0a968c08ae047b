import * as z from 'zod';
import { StrategyStart, TimeMs } from '@wickworks/contracts';

/** How a running strategy is kept: where, with what, and from which candle on its signals count. */
export const RunningStrategy = StrategyStart.extend({
  /** Open time of the first candle it has seen; the same after a restart, so that it goes on as if there was none. */
  fromMs: z.record(z.string(), TimeMs).default({}),
  /** Signals of candles opening before this are of the past. */
  sinceMs: z.record(z.string(), TimeMs).default({}),
});
export type RunningStrategy = z.infer<typeof RunningStrategy>;
