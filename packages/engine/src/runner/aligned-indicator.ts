import { closeTimeOf, type CandleColumns, type Timeframe } from '@wickworks/core';
import { IndicatorRunner } from '../indicators/calculate.js';
import type { IndicatorDefinition } from '../indicators/define.js';
import type { Series } from '../indicators/kernel/graph.js';
import type { ParamValues } from '../indicators/params.js';
import { HigherCandles } from '../market/higher-candles.js';

export interface AlignedInput {
  readonly definition: IndicatorDefinition;
  readonly params: ParamValues;
  /** Candles whose indices the values take on, of timeframe `base`. */
  readonly own: CandleColumns;
  /** Candles the indicator is made from, of timeframe `base` too; may be `own`. */
  readonly other: CandleColumns;
  readonly base: Timeframe;
  /** What `other` is resampled to first; equal to `base` or longer. */
  readonly timeframe: Timeframe;
  /**
   * Whether a candle of `other` that closes at the very moment of an own one is known by then: its own always is, that
   * of another market when it comes first in the session's order.
   */
  readonly seesSameClose: boolean;
}

/** An indicator of a longer timeframe or another market: at each own candle the value of the newest one closed by then. */
export class AlignedIndicator {
  readonly outputs: Readonly<Record<string, Series>>;
  readonly #input: AlignedInput;
  readonly #higher: HigherCandles | null;
  readonly #source: CandleColumns;
  readonly #runner: IndicatorRunner;
  #done = 0;
  /** Candles of the source closed by the last own candle looked at. */
  #seen = 0;

  constructor(input: AlignedInput) {
    this.#input = input;
    const { own, other, base, timeframe, definition, params } = input;
    this.#higher = timeframe === base ? null : new HigherCandles(other, base, timeframe);
    this.#source = this.#higher?.candles ?? other;
    this.#runner = new IndicatorRunner(definition, params, this.#source);
    const outputs: Record<string, Series> = {};
    for (const name of Object.keys(this.#runner.outputs))
      outputs[name] = { values: new Float64Array(Math.ceil(own.length * 1.25) + 64), begin: 0 };
    this.outputs = outputs;
  }

  /** Works through what was appended to the candles since the last call. */
  append(): void {
    const { own, base, timeframe, seesSameClose } = this.#input;
    this.#higher?.append();
    this.#runner.append();
    for (; this.#done < own.length; this.#done++) {
      const nowMs = closeTimeOf(base, own.time[this.#done]!);
      while (this.#seen < this.#source.length) {
        const closeMs = closeTimeOf(timeframe, this.#source.time[this.#seen]!);
        if (seesSameClose ? closeMs > nowMs : closeMs >= nowMs) break;
        this.#seen++;
      }
      for (const [name, series] of Object.entries(this.outputs)) {
        if (this.#done === series.values.length) series.values = widened(series.values);
        series.values[this.#done] = this.#seen > 0 ? this.#runner.outputs[name]!.values[this.#seen - 1]! : NaN;
      }
    }
  }
}

function widened(values: Float64Array): Float64Array {
  const wider = new Float64Array(values.length * 2);
  wider.set(values);
  return wider;
}
