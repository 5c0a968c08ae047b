import type { CandleColumns, Gap } from '@wickworks/core';

/** Whether older candles can still be had: `more` on request, `loading` right now, `complete` at the very first one. */
export type HistoryState = 'more' | 'loading' | 'complete';

/**
 * One candle series as the chart reads it: columns that live outside React, owned and changed by the data layer.
 * The owner changes the columns (in place or by replacing them), raises `version`, then calls the listeners.
 * Another market or timeframe is another source object.
 */
export interface SeriesSource {
  /** Closed candles in ascending order, and at the end perhaps one that is still forming. */
  readonly candles: CandleColumns;
  /** True when the last candle is still forming. */
  readonly forming: boolean;
  /** Rises with every change of any field. */
  readonly version: number;
  /**
   * Candles put in front of the first one since the source was made (less those forgotten at the front).
   * The view moves by the difference, so that nothing jumps on the screen.
   */
  readonly prepended: number;
  /**
   * Rises when candles other than the last two were changed in place (a correction, a healed gap): whatever was
   * derived from them is built anew. Appending, updating the last candle and prepending leave it alone.
   */
  readonly generation: number;
  /** Stretches that the exchange itself lacks, `[fromMs, toMs)`, ascending. */
  readonly gaps: readonly Gap[];
  readonly history: HistoryState;
  /** Calls `listener` after each change; returns the function that stops it. */
  subscribe(listener: () => void): () => void;
}
