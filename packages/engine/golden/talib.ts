import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Candles, type CandleRow } from '@wickworks/core';
import type { IndicatorColumns } from '../src/indicators/calculate.js';
import type { IndicatorDefinition } from '../src/indicators/define.js';

/** Kept values of one output: some by index, or every hit of a pattern. Null stands for NaN and infinities. */
type KeptOutput =
  | { readonly begin: number; readonly index: readonly number[]; readonly values: readonly (number | null)[] }
  | { readonly hits: readonly (readonly [index: number, value: number])[] };

/** One call of a TA-Lib function. */
export interface TalibCase {
  readonly name: string;
  readonly params: Readonly<Record<string, number>>;
  readonly isDefault: boolean;
  readonly lookback: number;
  readonly outputs: readonly KeptOutput[];
}

/** The JSON inside a gzip file of this folder. */
export const readGolden = (file: string): unknown =>
  JSON.parse(gunzipSync(readFileSync(new URL(file, import.meta.url))).toString());

/** Candles of this folder's `candles-<market>.csv.gz`. */
export function readCandles(market: string): Candles {
  const text = gunzipSync(readFileSync(new URL(`candles-${market}.csv.gz`, import.meta.url))).toString();
  const rows = text.trim().split('\n').slice(1);
  return Candles.fromRows(rows.map((row) => row.split(',').map(Number) as unknown as CandleRow));
}

/** What TA-Lib gave for this folder's candles, made by make-talib.py. */
export function readTalibCases(market: string): readonly TalibCase[] {
  // Our own committed file, written by make-talib.py in exactly this shape.
  return (readGolden(`talib-${market}.json.gz`) as { functions: TalibCase[] }).functions;
}

interface WebFunction {
  readonly name: string;
  readonly params: Readonly<Record<string, number>>;
  readonly begin: number;
  readonly outputs: Readonly<Record<string, readonly number[]>>;
}

/** The same from an older build, TA-Lib 0.4 as WebAssembly (npm talib-web 0.1.3): 50 functions, every value. */
export function readTalibWebCases(market: string): readonly TalibCase[] {
  const { functions } = readGolden(`talib-web-${market}.json.gz`) as { functions: WebFunction[] };
  return functions.map(({ name, params, begin, outputs }) => ({
    name,
    params,
    isDefault: false,
    lookback: begin,
    outputs: Object.values(outputs).map((values) => ({ begin, index: values.map((_, i) => i + begin), values })),
  }));
}

/** Which period of MAVP belongs to which candle in the golden runs. */
export const mavpPeriods = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => 2 + (i % 29));

/**
 * Largest difference between `columns` and the golden values, relative to the value itself or, near zero, to a
 * hundredth of the column's largest; infinite where one has a value and the other none.
 */
export function compareTalib(
  definition: IndicatorDefinition,
  columns: IndicatorColumns,
  golden: TalibCase,
): { difference: number; where: string } {
  const names = definition.talib?.outputs ?? Object.keys(definition.outputs);
  let difference = 0;
  let where = '';
  const compare = (name: string, index: number, got: number, want: number, floor: number): void => {
    const found = relativeDifference(got, want, floor);
    if (found > difference) {
      difference = found;
      where = `${name}[${String(index)}] = ${String(got)}, TA-Lib ${String(want)}`;
    }
  };
  golden.outputs.forEach((kept, place) => {
    const name = names[place] ?? '?';
    const column = columns[name];
    if (!column) {
      difference = Infinity;
      where = `no output for TA-Lib's number ${String(place)}`;
    } else if ('hits' in kept) {
      const hits = new Map(kept.hits);
      column.forEach((got, i) => {
        if (i >= golden.lookback) compare(name, i, got, hits.get(i) ?? 0, 1);
      });
    } else {
      const floor = Math.max(...kept.values.map((value) => Math.abs(value ?? 0))) * 0.01;
      kept.index.forEach((i, k) => {
        compare(name, i, column[i] ?? NaN, kept.values[k] ?? NaN, floor);
      });
    }
  });
  return { difference, where };
}

/** |got − want| relative to `want`, at least to `floor`; 0 when neither is a finite number. */
export function relativeDifference(got: number, want: number, floor: number): number {
  if (!Number.isFinite(want)) return Number.isFinite(got) ? Infinity : 0;
  if (!Number.isFinite(got)) return Infinity;
  return got === want ? 0 : Math.abs(got - want) / Math.max(Math.abs(want), floor, Number.MIN_VALUE);
}
