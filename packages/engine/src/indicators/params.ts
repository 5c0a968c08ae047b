import { err, ok, type Result } from '@wickworks/core';
import { SOURCES, type SourceName } from './kernel/graph.js';
import { MA_TYPES, type MaType } from './kernel/moving-average.js';

/** A number: `whole` ones are counts (of candles, mostly). */
export interface NumberParam {
  readonly kind: 'number';
  readonly title: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Sensible step of a slider. */
  readonly step: number;
  readonly whole: boolean;
}
/** One of a closed list of words. */
export interface ChoiceParam<T extends string = string> {
  readonly kind: 'choice';
  readonly title: string;
  readonly default: T;
  readonly options: readonly T[];
}
/** The price or series an indicator is applied to. */
export interface SourceParam {
  readonly kind: 'source';
  readonly title: string;
  readonly default: SourceName;
  readonly options: readonly SourceName[];
}
export interface FlagParam {
  readonly kind: 'flag';
  readonly title: string;
  readonly default: boolean;
}

export type ParamSpec = NumberParam | ChoiceParam | SourceParam | FlagParam;
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;
export type ParamValue = number | string | boolean;
export type ParamValues = Readonly<Record<string, ParamValue>>;

/** The type of a declared parameter's value. */
type ValueOf<S extends ParamSpec> = S extends NumberParam
  ? number
  : S extends ChoiceParam<infer T>
    ? T
    : S extends SourceParam
      ? SourceName
      : boolean;
export type ValuesOf<P extends ParamSpecs> = { readonly [K in keyof P]: ValueOf<P[K]> };

/** Longest window any indicator takes, as TA-Lib's. */
export const PERIOD_MAX = 100_000;

/** A count of candles. */
export const period = (value: number, min = 1, title = 'Period', max = PERIOD_MAX): NumberParam => ({
  kind: 'number',
  title,
  default: value,
  min,
  max,
  step: 1,
  whole: true,
});

/** A real number in `[min, max]`. */
export const number = (title: string, value: number, min: number, max: number, step: number): NumberParam => ({
  kind: 'number',
  title,
  default: value,
  min,
  max,
  step,
  whole: false,
});

/** One of `options`. */
export const choice = <const T extends string>(
  title: string,
  options: readonly T[],
  value: NoInfer<T>,
): ChoiceParam<T> => ({
  kind: 'choice',
  title,
  default: value,
  options,
});

/** What the indicator is applied to. */
export const source = (value: SourceName = 'close', title = 'Source'): SourceParam => ({
  kind: 'source',
  title,
  default: value,
  options: SOURCES,
});

/** Yes or no. */
export const flag = (title: string, value: boolean): FlagParam => ({ kind: 'flag', title, default: value });

/** Kind of moving average. */
export const maType = (value: MaType = 'sma', title = 'Average'): ChoiceParam<MaType> => choice(title, MA_TYPES, value);

/** What is wrong with one field of raw parameters. */
export interface ParamIssue {
  readonly field: string;
  readonly message: string;
}

/**
 * Values for every parameter of `specs`: those given in `raw`, else the defaults. Every unknown name, wrong type
 * and value out of range becomes an issue naming its field. Numbers written as text are taken as numbers.
 */
export function parseParamValues(
  specs: ParamSpecs,
  raw: Readonly<Record<string, unknown>>,
): Result<ParamValues, readonly ParamIssue[]> {
  const issues: ParamIssue[] = [];
  const values: Record<string, ParamValue> = {};
  for (const field of Object.keys(raw))
    if (!Object.hasOwn(specs, field)) {
      const known = Object.keys(specs).join(', ');
      issues.push({ field, message: known === '' ? 'takes no parameters' : `unknown parameter; known: ${known}` });
    }
  for (const [field, spec] of Object.entries(specs)) {
    const given = Object.hasOwn(raw, field) ? raw[field] : undefined;
    if (given === undefined) {
      values[field] = spec.default;
      continue;
    }
    const parsed = parseValue(spec, given);
    if (parsed.ok) values[field] = parsed.value;
    else issues.push({ field, message: parsed.error });
  }
  return issues.length > 0 ? err(issues) : ok(values);
}

function parseValue(spec: ParamSpec, given: unknown): Result<ParamValue, string> {
  switch (spec.kind) {
    case 'number': {
      const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
      if (typeof value !== 'number' || !Number.isFinite(value)) return err('must be a number');
      if (spec.whole && !Number.isInteger(value)) return err('must be a whole number');
      if (value < spec.min || value > spec.max) return err(`must lie between ${spec.min} and ${spec.max}`);
      return ok(value);
    }
    case 'choice':
    case 'source': {
      const options: readonly string[] = spec.options;
      if (typeof given === 'string' && options.includes(given)) return ok(given);
      return err(`must be one of ${options.join(', ')}`);
    }
    case 'flag':
      if (given === true || given === 'true') return ok(true);
      if (given === false || given === 'false') return ok(false);
      return err('must be true or false');
  }
}
