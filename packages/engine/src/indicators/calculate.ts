import { assert, Candles, type CandleColumns } from '@wickworks/core';
import type { ColumnSource } from '../market/run-memory.js';
import type { IndicatorDefinition } from './define.js';
import { Graph, type Series } from './kernel/graph.js';
import type { ParamValues } from './params.js';

/** Values per candle by output name; exactly as long as the candles. NaN during warm-up. */
export type IndicatorColumns = Readonly<Record<string, Float64Array>>;

/** What a source parameter may be given instead of a price: values by candle index, NaN before `begin`. */
export type GivenSeries = Readonly<Record<string, Series>>;

const emptyCandles: CandleColumns = new Candles(1);

/** Every output of `definition` over all `candles`. `params` come from `parseParams`. */
export function calculate(
  definition: IndicatorDefinition,
  params: ParamValues,
  candles: CandleColumns,
  given: GivenSeries = {},
): IndicatorColumns {
  const graph = new Graph(candles, new Map(Object.entries(given)));
  const outputs = definition.create(graph, params);
  graph.run(0, candles.length);
  const columns: Record<string, Float64Array> = {};
  for (const [name, series] of Object.entries(outputs)) {
    const whole = series.values.length === candles.length && isOwn(series, candles);
    columns[name] = whole ? series.values : series.values.slice(0, candles.length);
  }
  return columns;
}

/** An output may be a candle column itself (an average of period 1): callers get a copy of that. */
const isOwn = (series: Series, candles: CandleColumns): boolean =>
  ![candles.time, candles.open, candles.high, candles.low, candles.close, candles.volume].includes(series.values);

/** Number of first candles without a value, by output. */
export function warmupByOutput(definition: IndicatorDefinition, params: ParamValues): Readonly<Record<string, number>> {
  const outputs = definition.create(new Graph(emptyCandles), params);
  return Object.fromEntries(Object.entries(outputs).map(([name, series]) => [name, series.begin]));
}

/** Number of first candles on which not every output has a value yet. */
export const warmup = (definition: IndicatorDefinition, params: ParamValues): number =>
  Math.max(0, ...Object.values(warmupByOutput(definition, params)));

/** Candle columns the indicator reads with these parameters. */
export function inputsOf(definition: IndicatorDefinition, params: ParamValues): readonly string[] {
  const graph = new Graph(emptyCandles);
  definition.create(graph, params);
  return graph.inputsRead;
}

/**
 * An indicator that follows growing candles. The newest candle may still be forming: {@link update} replaces its
 * values as often as it changes and {@link rollback} takes it back. Same kernels as {@link calculate}, O(1)
 * amortised per candle, no allocation per candle beyond growing columns.
 */
export class IndicatorRunner {
  readonly #graph: Graph;
  readonly #candles: CandleColumns;
  /** Outputs by name; indices below {@link length} hold values. Buffers change as they grow: do not keep `values`. */
  readonly outputs: Readonly<Record<string, Series>>;
  #length = 0;
  #savedLength = -1;

  /**
   * Over `candles`, which the caller goes on appending to; a `given` series must be filled before each step. Columns
   * come from `memory` until the candles outgrow them; left out: each from memory of its own.
   */
  constructor(
    definition: IndicatorDefinition,
    params: ParamValues,
    candles: CandleColumns,
    { given = {}, memory }: { readonly given?: GivenSeries; readonly memory?: ColumnSource | undefined } = {},
  ) {
    this.#candles = candles;
    this.#graph = new Graph(candles, new Map(Object.entries(given)), memory);
    this.outputs = definition.create(this.#graph, params);
  }

  /** Candles worked through. */
  get length(): number {
    return this.#length;
  }

  /** Works through every candle appended since the last call. */
  append(): void {
    const end = this.#candles.length;
    if (end <= this.#length) return;
    if (end - 1 > this.#length) this.#graph.run(this.#length, end - 1);
    this.#graph.save();
    this.#savedLength = end - 1;
    this.#graph.run(end - 1, end);
    this.#length = end;
  }

  /** Works through the newest candle again after it changed. */
  update(): void {
    this.rollback();
    this.append();
  }

  /**
   * Works through all candles anew, in the buffers it has: after a closed candle was corrected or old ones were
   * dropped, or to measure without the cost of fresh memory.
   */
  recalculate(): void {
    this.#graph.reset();
    this.#length = 0;
    this.#savedLength = -1;
    this.append();
  }

  /** Takes the newest candle back, as if it had never come. Only one can be taken back. */
  rollback(): void {
    assert(this.#savedLength === this.#length - 1 && this.#length > 0, 'the newest candle was appended last');
    this.#graph.restore();
    this.#length = this.#savedLength;
    this.#savedLength = -1;
  }

  /** Values at `index`, the newest candle unless told, by output name; NaN during warm-up. */
  valuesAt(index = this.#length - 1): Record<string, number> {
    const values: Record<string, number> = {};
    for (const [name, series] of Object.entries(this.outputs))
      values[name] = index >= 0 && index < this.#length ? series.values[index]! : NaN;
    return values;
  }
}

/** A runner that has already worked through `candles`. */
export function createRunner(
  definition: IndicatorDefinition,
  params: ParamValues,
  candles: CandleColumns,
  given: GivenSeries = {},
): IndicatorRunner {
  const runner = new IndicatorRunner(definition, params, candles, { given });
  runner.append();
  return runner;
}
