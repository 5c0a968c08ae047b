import { lowerBound, ok, type Result, type Timeframe } from '@wickworks/core';
import type { Settling } from '../indicators/settling.js';
import type { BacktestFault } from '../runner/backtest.js';
import { prepareRun, type Run, type RunInput } from '../runner/run.js';
import type { BiasCheck } from './bias-proof.js';
import { startingAt } from './time-cuts.js';

/** A value may differ so much, relative to its size, from the one a longer history gives. */
const TOLERANCE = 0.01;
/** Share of the run's candles that may be decided on by values that have not settled yet. */
const UNSETTLED_SHARE = 0.01;

/** How one output of an indicator depends on where the data starts. */
interface Sensitivity {
  readonly name: string;
  /** Largest difference at the first candle the strategy is asked about, relative to the value's size. */
  differenceRatio: number;
  /** Open time of that candle. */
  timeMs: number;
  /** Candles from the start until the difference stays within the tolerance; Infinity: never. */
  candlesNeeded: number;
  /** Candles of its market in the whole run. */
  readonly candles: number;
  /** What its smoothing weights say, in words; empty for a plain window. */
  readonly byWeights: string;
}

/**
 * Whether the strategy's warm-up is long enough: it starts later, at each of `startsMs`, and the indicator values it
 * is then shown are held beside those of the longer history of `whole`. One check for each output. It fails when there
 * is no value at the first candle asked about, when the values do not come within 1 % of the longer history's, or when
 * they take more than 1 % of the run's candles beyond the warm-up to do so. Differences are taken relative to the
 * value or, near zero, to the output's mean size. Every check also tells what the indicator's own weights say.
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
        const known =
          found.get(name) ??
          start(name, candles.length, weightsText(indicator.settling()[output], indicator.timeframe));
        const first = differences[whole.warmup]!;
        if (first > known.differenceRatio) {
          known.differenceRatio = first;
          known.timeMs = candles.time[offset + whole.warmup]!;
        }
        known.candlesNeeded = Math.max(known.candlesNeeded, settledAfter(differences, whole.warmup));
        found.set(name, known);
      });
    });
  }
  if (found.size === 0 && whole.watched.length > 0) {
    const detail = `the data is too short to start later and still warm up over ${String(whole.warmup)} candles`;
    return ok([{ kind: 'warm-up', passed: true, culprit: null, timeMs: null, detail }]);
  }
  return ok([...found.values()].map((one) => checkOf(one, whole.warmup)));
}

const start = (name: string, candles: number, byWeights: string): Sensitivity => ({
  name,
  byWeights,
  differenceRatio: 0,
  timeMs: 0,
  candlesNeeded: 0,
  candles,
});

/** When the weights of `settling` leave a millionth of the start, or why no number of candles is enough. */
function weightsText(settling: Settling | undefined, timeframe: Timeframe | null): string {
  const unit = timeframe === null ? 'candles' : `candles of ${timeframe}`;
  switch (settling?.kind) {
    case 'fades':
      return `; by its weights a millionth of the start is left after ${String(settling.candles)} ${unit}`;
    case 'market':
      return '; what it shows hangs on what the market did before, not on a number of candles';
    case 'forever':
      return '; it goes back to the first candle and never forgets where the data starts';
    case 'window':
    case undefined:
      return '';
  }
}

function checkOf(
  { name, differenceRatio, timeMs, candlesNeeded, candles, byWeights }: Sensitivity,
  warmup: number,
): BiasCheck {
  const unsettled = Math.max(0, candlesNeeded - warmup);
  const passed = differenceRatio < Infinity && unsettled <= UNSETTLED_SHARE * candles;
  const difference = differenceRatio === Infinity ? 'has no value' : `is ${percentText(differenceRatio)} off`;
  const settled =
    unsettled === 0
      ? ''
      : Number.isFinite(candlesNeeded)
        ? `; it needs ${String(candlesNeeded)} to settle within ${percentText(TOLERANCE)}`
        : `; it depends on where the data starts and never settles within ${percentText(TOLERANCE)}`;
  const detail = `${name} ${difference} after the warm-up of ${String(warmup)} candles${settled}${byWeights}`;
  return { kind: 'warm-up', passed, culprit: passed ? null : name, timeMs: passed ? null : timeMs, detail };
}

const percentText = (ratio: number): string => `${String(Number((ratio * 100).toPrecision(2)))} %`;

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

/** Candles until all later differences lie within the tolerance; Infinity when not even half of those asked about do. */
function settledAfter(differences: Float64Array, warmup: number): number {
  let last = differences.length - 1;
  while (last >= 0 && !(differences[last]! > TOLERANCE)) last--;
  return last + 1 > (warmup + differences.length) / 2 ? Infinity : last + 1;
}
