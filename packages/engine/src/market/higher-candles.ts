import {
  Candles,
  closeTimeOf,
  openTimeAt,
  rowAt,
  mergeInto,
  type CandleColumns,
  type CandleRow,
  type Timeframe,
} from '@wickworks/core';

/**
 * Closed candles of a longer timeframe, built from shorter ones as these close. One that is still forming is not
 * there. The first is left out when the shorter candles begin in its middle.
 */
export class HigherCandles {
  readonly candles = new Candles(256);
  readonly #base: CandleColumns;
  readonly #baseTimeframe: Timeframe;
  readonly #timeframe: Timeframe;
  #done = 0;
  #forming: CandleRow | null = null;
  #formingCloseMs = 0;
  #isWhole = false;

  constructor(base: CandleColumns, baseTimeframe: Timeframe, timeframe: Timeframe) {
    this.#base = base;
    this.#baseTimeframe = baseTimeframe;
    this.#timeframe = timeframe;
  }

  /** Takes in what was appended to the shorter candles since the last call. */
  append(): void {
    for (; this.#done < this.#base.length; this.#done++) {
      const row = rowAt(this.#base, this.#done);
      if (this.#forming !== null && row[0] >= this.#formingCloseMs) this.#close();
      if (this.#forming === null) {
        const openMs = openTimeAt(this.#timeframe, row[0]);
        this.#isWhole = this.#done > 0 || openMs === row[0];
        this.#forming = [openMs, row[1], row[2], row[3], row[4], row[5]];
        this.#formingCloseMs = closeTimeOf(this.#timeframe, openMs);
      } else this.#forming = mergeInto(this.#forming, row);
      if (closeTimeOf(this.#baseTimeframe, row[0]) >= this.#formingCloseMs) this.#close();
    }
  }

  #close(): void {
    if (this.#forming !== null && this.#isWhole) this.candles.push(this.#forming);
    this.#forming = null;
  }
}
