import { Candles, err, lowerBound, ok, rowAt, type CandleColumns, type CandleRow, type Result } from '@wickworks/core';
import type { IndicatorRequest, ProblemIssue } from '@wickworks/contracts';
import type { IndicatorDefinition, IndicatorRunner, ParamValues, Settling } from '@wickworks/engine';
import { refuse, type Refusal } from '../wire/problem.js';
import type { SeriesEvent } from './series-event.js';
import type { SeriesHub } from './series-hub.js';

/** An indicator as someone wants it, checked. */
export interface IndicatorChoice {
  /** Name under which values are sent. */
  readonly name: string;
  readonly definition: IndicatorDefinition;
  readonly params: ParamValues;
  /** Candles that should lie before the first value sent: by then recursive averages have forgotten where they began. */
  readonly settlingCandles: number;
  /** Starts it over candles that go on growing. */
  readonly run: (candles: CandleColumns) => IndicatorRunner;
}

/** Values of one indicator on one candle; `null` where there is none. */
export interface IndicatorValues {
  readonly name: string;
  readonly openTimeMs: number;
  readonly values: Readonly<Record<string, number | null>>;
  readonly isClosed: boolean;
}

/** A track longer than this starts anew from the hub's memory: columns must not grow for ever. */
const TRACK_CANDLES_MAX = 20_000;
/** A correction further back than this is told by values from here on only. */
const RETOLD_CANDLES_MAX = 1_000;

/** What hangs on the market (a trend that turns, a session that opens) is given so much and four times its warm-up. */
const MARKET_CANDLES = 250;
/** No more than this is loaded for the slowest average. */
const SETTLING_CANDLES_MAX = 10_000;

function settlingOf(warmupCandles: number, { kind, candles }: Settling): number {
  // What goes back to the first candle settles nowhere: more candles would only move its zero.
  const byWeights = kind === 'forever' ? 0 : candles;
  return Math.min(SETTLING_CANDLES_MAX, Math.max(MARKET_CANDLES + 4 * warmupCandles, byWeights));
}

/** Checks requested indicators against the registry, which is loaded when first asked for. */
export async function chooseIndicators(
  requests: readonly IndicatorRequest[],
): Promise<Result<readonly IndicatorChoice[], Refusal>> {
  if (requests.length === 0) return ok([]);
  const { createRunner, findIndicator, isTalibName, parseParams, parseTalibParams, settling, warmup } =
    await import('@wickworks/engine');
  const choices: IndicatorChoice[] = [];
  for (const [index, request] of requests.entries()) {
    const definition = findIndicator(request.id);
    if (!definition) {
      const path = `indicators.${index}.id`;
      const message = `there is no indicator "${request.id}"; GET /api/v1/indicators lists them`;
      return err(refuse('unknown-indicator', message, [{ path, message }]));
    }
    const read = isTalibName(request.id)
      ? parseTalibParams(definition, request.params)
      : parseParams(definition, request.params);
    if (!read.ok) {
      const issues = read.error.map((issue): ProblemIssue => ({
        path: `indicators.${index}.params.${issue.field}`,
        message: issue.message,
      }));
      return err(refuse('invalid-field', issues.map((issue) => `${issue.path}: ${issue.message}`).join('; '), issues));
    }
    const name = request.as ?? request.id;
    if (choices.some((choice) => choice.name === name)) {
      const message = `two indicators are called "${name}"; give one another name with "as"`;
      return err(refuse('invalid-field', message, [{ path: `indicators.${index}.as`, message }]));
    }
    const params = read.value;
    choices.push({
      name,
      definition,
      params,
      settlingCandles: settlingOf(warmup(definition, params), settling(definition, params)),
      run: (candles) => createRunner(definition, params, candles),
    });
  }
  return ok(choices);
}

/** Indicators following one hub: columns for a snapshot, then values per event, O(1) per candle. */
export class IndicatorTrack {
  readonly #hub: SeriesHub;
  readonly #choices: readonly IndicatorChoice[];
  #candles = new Candles();
  #closedCount = 0;
  #runners: readonly IndicatorRunner[] = [];

  /** Over what the hub holds now; feed it every event from here on. */
  constructor(hub: SeriesHub, choices: readonly IndicatorChoice[]) {
    this.#hub = hub;
    this.#choices = choices;
    this.#restart();
  }

  /** The hub may have been deepened since: forget and look again if it holds more of the past. */
  deepen(): void {
    if (this.#hub.closed.length > 0 && this.#hub.closed.time[0]! < (this.#candles.time[0] ?? Infinity)) this.#restart();
  }

  /** Columns by indicator and output over the newest `limit` closed candles and the forming one. */
  columns(limit: number): Readonly<Record<string, Readonly<Record<string, Float64Array>>>> {
    const from = Math.max(0, this.#closedCount - limit);
    return Object.fromEntries(
      this.#choices.map((choice, index) => [
        choice.name,
        Object.fromEntries(
          Object.entries(this.#runners[index]!.outputs).map(([name, series]) => [
            name,
            series.values.slice(from, this.#candles.length),
          ]),
        ),
      ]),
    );
  }

  /** Values on the forming candle, if there is one. */
  newest(): IndicatorValues[] {
    return this.#valuesFrom(this.#closedCount, false);
  }

  /** What `event` makes of the indicators. */
  follow(event: SeriesEvent): IndicatorValues[] {
    if (this.#candles.length > TRACK_CANDLES_MAX) this.#restart();
    switch (event.kind) {
      case 'forming':
        this.#dropForming();
        this.#push(event.candle);
        return this.#valuesFrom(this.#candles.length - 1, false);
      case 'closed':
        return this.#close([event.candle]);
      case 'backfill':
        return this.#close(event.candles);
      case 'correction': {
        this.#restart();
        const index = lowerBound(this.#candles, event.candle[0]);
        return this.#valuesFrom(Math.max(index, this.#closedCount - RETOLD_CANDLES_MAX), true, this.#closedCount);
      }
      case 'failed':
        return [];
    }
  }

  #close(rows: readonly CandleRow[]): IndicatorValues[] {
    this.#dropForming();
    const from = this.#candles.length;
    for (const row of rows) {
      // A track begun after the hub took these in holds them already.
      if (row[0] > (this.#candles.at(-1)?.[0] ?? -1)) this.#push(row);
    }
    this.#closedCount = this.#candles.length;
    return this.#valuesFrom(from, true);
  }

  #push(row: CandleRow): void {
    if (row[0] <= (this.#candles.at(-1)?.[0] ?? -1)) return;
    this.#candles.push(row);
    for (const runner of this.#runners) runner.append();
  }

  #dropForming(): void {
    if (this.#candles.length === this.#closedCount) return;
    for (const runner of this.#runners) runner.rollback();
    this.#candles.truncate(this.#closedCount);
  }

  #valuesFrom(from: number, isClosed: boolean, to = this.#candles.length): IndicatorValues[] {
    const told: IndicatorValues[] = [];
    for (let index = from; index < to; index++) {
      const openTimeMs = this.#candles.time[index]!;
      for (const [i, choice] of this.#choices.entries()) {
        const values = withNulls(this.#runners[i]!.valuesAt(index));
        told.push({ name: choice.name, openTimeMs, values, isClosed });
      }
    }
    return told;
  }

  #restart(): void {
    const { closed, forming } = this.#hub;
    const candles = new Candles(closed.length + 64);
    for (let index = 0; index < closed.length; index++) candles.push(rowAt(closed, index));
    this.#candles = candles;
    this.#closedCount = candles.length;
    this.#runners = this.#choices.map(({ run }) => run(candles));
    if (forming) this.#push(forming);
  }
}

const withNulls = (values: Readonly<Record<string, number>>): Record<string, number | null> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number.isFinite(value) ? value : null]));

/** Columns with `null` where a value is missing, as JSON carries them. */
export const nullable = (column: Float64Array): (number | null)[] =>
  Array.from(column, (value) => (Number.isFinite(value) ? value : null));
