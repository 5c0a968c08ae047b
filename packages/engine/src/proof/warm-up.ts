import { lowerBound, type Result } from '@wickworks/core';
import type { BacktestFault } from '../runner/backtest.js';
import { prepareRun, type Run, type RunInput } from '../runner/run.js';
import type { BiasCheck } from './bias-proof.js';
import { startingAt } from './time-cuts.js';

/** A value may differ so much, relative to its size, from the one a longer history gives. */
const TOLERANCE = 0.01;

/** How one output of an indicator depends on where the data starts. */
interface Sensitivity {
  readonly name: string;
  /** Largest difference at the first candle the strategy is asked about, relative to the value's size. */
  differenceRatio: number;
  /** Open time of that candle. */
  timeMs: number;
  /** Candles from the start until the difference stays within the tolerance; Infinity: never. */
  candlesNeeded: number;
}

/**
 * Whether the strategy's warm-up is long enough: it starts later, at each of `startsMs`, and the indicator values at
 * the first candle it is then asked about must be those that the longer history of `whole` gives, to 1 %. One check
 * for each output; differences in size are taken relative to the value or, near zero, to the output's mean size.
 */
export function warmUp(input: RunInput, whole: Run, startsMs: readonly number[]): Result<BiasCheck[], BacktestFault> {
  const found = new Map<string, Sensitivity>();
  const sizes = whole.watched.map(({ outputs }) => Object.values(outputs).map(({ values }) => meanSize(values)));
  for (const startMs of startsMs) {
    const later = startingAt(input, startMs);
    if (later.markets.some(({ candles }) => candles.length <= whole.warmup)) continue;
    const run = prepareRun(later);
    if (!run.ok) return run;
    run.value.advance();
    whole.watched.forEach((indicator, at) => {
      const { candles } = input.markets[indicator.market]!;
      const offset = lowerBound(candles, startMs);
      const count = candles.length - offset;
      Object.entries(indicator.outputs).forEach(([output, series], which) => {
        const name = `${indicator.name}.${output}`;
        const theirs = run.value.watched[at]?.outputs[output];
        if (!theirs) return;
        const longer = series.values.subarray(offset, offset + count);
        const differences = differencesOf(longer, theirs.values.subarray(0, count), sizes[at]![which]!);
        const known = found.get(name) ?? { name, differenceRatio: -1, timeMs: 0, candlesNeeded: 0 };
        const first = differences[whole.warmup]!;
        if (first > known.differenceRatio) {
          known.differenceRatio = first;
          known.timeMs = candles.time[offset + whole.warmup]!;
        }
        known.candlesNeeded = Math.max(known.candlesNeeded, settledAfter(differences));
        found.set(name, known);
      });
    });
  }
  return { ok: true, value: [...found.values()].map((one) => checkOf(one, whole.warmup)) };
}

function checkOf({ name, differenceRatio, timeMs, candlesNeeded }: Sensitivity, warmup: number): BiasCheck {
  const passed = differenceRatio <= TOLERANCE;
  const off = differenceRatio === Infinity ? 'has no value' : `is ${(differenceRatio * 100).toPrecision(2)} % off`;
  const settled = Number.isFinite(candlesNeeded)
    ? `it needs ${String(candlesNeeded)} to settle within 1 %`
    : 'it depends on where the data starts and never settles within 1 %';
  const detail = passed
    ? `${name} differs by ${(Math.max(0, differenceRatio) * 100).toPrecision(2)} % at most after a warm-up of ${String(warmup)} candles`
    : `${name} ${off} after the warm-up of ${String(warmup)} candles; ${settled}`;
  return { kind: 'warm-up', passed, culprit: passed ? null : name, timeMs: passed ? null : timeMs, detail };
}

/** Mean absolute value, values that are none left out. */
function meanSize(values: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values)
    if (!Number.isNaN(value)) {
      sum += Math.abs(value);
      count++;
    }
  return count === 0 ? 0 : sum / count;
}

/**
 * Relative difference by candle. Infinity where only the longer history has a value, as long as the shorter one has
 * had none yet; later a value may come and go (a pivot), and where either has none there is nothing to compare.
 */
function differencesOf(longer: Float64Array, shorter: Float64Array, size: number): Float64Array {
  let hasBegun = false;
  return longer.map((value, i) => {
    const other = shorter[i]!;
    hasBegun ||= !Number.isNaN(other);
    if (Number.isNaN(value) || Number.isNaN(other)) return hasBegun || Number.isNaN(value) ? 0 : Infinity;
    if (value === other) return 0;
    return Math.abs(value - other) / Math.max(Math.abs(value), size);
  });
}

/** Candles until all later differences lie within the tolerance; Infinity when that is not reached by half-way. */
function settledAfter(differences: Float64Array): number {
  let last = differences.length - 1;
  while (last >= 0 && !(differences[last]! > TOLERANCE)) last--;
  return last + 1 > differences.length / 2 ? Infinity : last + 1;
}
