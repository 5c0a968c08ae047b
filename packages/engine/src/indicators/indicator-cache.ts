import { Candles, type CandleColumns } from '@wickworks/core';
import { IndicatorRunner } from './calculate.js';
import type { IndicatorDefinition } from './define.js';
import type { ParamValues } from './params.js';

/** Indicators kept for the same candles; a year of minutes is 4 MB each. The one asked for longest ago goes first. */
const RUNNERS_MAX = 12;

interface Kept {
  readonly revision: number;
  /** By indicator and parameters, the one asked for last at the end. */
  readonly runners: Map<string, IndicatorRunner>;
}

/**
 * Indicators that runs over the same candles share: dragging one parameter or searching a space of them calculates
 * anew only what changed. Candles that were only appended to keep theirs; others, and columns that are no
 * {@link Candles}, are calculated anew. Nobody may write into what comes from here.
 */
export class IndicatorCache {
  readonly #byCandles = new WeakMap<Candles, Kept>();

  /** A runner over `candles`, perhaps one that has worked through them before. */
  runnerOf(definition: IndicatorDefinition, params: ParamValues, candles: CandleColumns): IndicatorRunner {
    if (!(candles instanceof Candles)) return new IndicatorRunner(definition, params, candles);
    let kept = this.#byCandles.get(candles);
    if (kept?.revision !== candles.revision) {
      kept = { revision: candles.revision, runners: new Map() };
      this.#byCandles.set(candles, kept);
    }
    const { runners } = kept;
    const key = JSON.stringify([definition.id, Object.entries(params).sort()]);
    const runner = runners.get(key) ?? new IndicatorRunner(definition, params, candles);
    runners.delete(key);
    runners.set(key, runner);
    if (runners.size > RUNNERS_MAX) runners.delete(runners.keys().next().value!);
    return runner;
  }
}
