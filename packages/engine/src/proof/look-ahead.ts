import { ok, type Result } from '@wickworks/core';
import type { BacktestFault } from '../runner/backtest.js';
import { prepareRun, type Run, type RunInput } from '../runner/run.js';
import { canonicalJson } from '../runner/run-hash.js';
import type { BiasCheck } from './bias-proof.js';
import { withChangedFuture } from './changed-future.js';
import { closedBy, knownAt, withoutTradesFrom } from './time-cuts.js';

/** Rounding apart, a value that knows nothing of the future cannot change with it. */
const TOLERANCE = 1e-9;

/** Something that was different with another future. */
interface Difference {
  readonly culprit: string;
  readonly timeMs: number;
  readonly detail: string;
}

/**
 * Whether anything decided or computed by `timeMs` depends on what came later: the strategy runs once without the
 * candles after `timeMs` and once with other ones in their place, and every indicator value and every order up to
 * then must equal those of `whole`, the run over all candles. Null: nothing does.
 */
export function lookAhead(input: RunInput, whole: Run, timeMs: number): Result<BiasCheck | null, BacktestFault> {
  const without = runTo(knownAt(input, timeMs), timeMs);
  if (!without.ok) return without;
  const found = firstDifference(input, { whole, other: without.value, timeMs }, 'missing');
  if (found) return ok(failed(found));
  const changed = withChangedFuture(input, timeMs, () => {
    const other = runTo(withoutTradesFrom(input, timeMs), timeMs);
    return other.ok ? firstDifference(input, { whole, other: other.value, timeMs }, 'different') : null;
  });
  return ok(changed && failed(changed));
}

const failed = (found: Difference): BiasCheck => ({ kind: 'look-ahead', passed: false, ...found });

function runTo(input: RunInput, timeMs: number): Result<Run, BacktestFault> {
  const run = prepareRun(input);
  if (!run.ok) return run;
  run.value.advance(input.markets.reduce((sum, { candles }) => sum + closedBy(candles, input.timeframe, timeMs), 0));
  return run;
}

type Pair = { readonly whole: Run; readonly other: Run; readonly timeMs: number };

function firstDifference(input: RunInput, pair: Pair, future: 'missing' | 'different'): Difference | null {
  const byValue = firstValue(input, pair, future);
  return byValue ?? firstOrder(pair, future);
}

/** The indicator value that differs earliest. */
function firstValue(input: RunInput, { whole, other, timeMs }: Pair, future: string): Difference | null {
  let first: Difference | null = null;
  whole.watched.forEach((indicator, at) => {
    const { candles } = input.markets[indicator.market]!;
    const count = closedBy(candles, input.timeframe, timeMs);
    for (const [output, series] of Object.entries(indicator.outputs)) {
      const theirs = other.watched[at]?.outputs[output]?.values;
      const index = theirs ? differsAt(series.values, theirs, count) : 0;
      if (index < 0) continue;
      const openMs = candles.time[index]!;
      if (first !== null && first.timeMs <= openMs) continue;
      const culprit = `${indicator.name}.${output}`;
      const detail = `${culprit} is ${valueText(series.values[index])} with all candles and ${valueText(theirs?.[index])} with those after the cut ${future}`;
      first = { culprit, timeMs: openMs, detail };
    }
  });
  return first;
}

const valueText = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? 'nothing' : String(value);

/** Index below `count` of the first value that differs; −1: none. */
function differsAt(a: Float64Array, b: Float64Array, count: number): number {
  for (let i = 0; i < count; i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) continue;
    if (!(Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y)))) return i;
  }
  return -1;
}

/** The order, or refused wish, that differs earliest. */
function firstOrder({ whole, other, timeMs }: Pair, future: string): Difference | null {
  const a = wishesOf(whole, timeMs);
  const b = wishesOf(other, timeMs);
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const mine = a[i];
    const theirs = b[i];
    if (mine?.text === theirs?.text) continue;
    const earlier = theirs === undefined || (mine !== undefined && mine.timeMs <= theirs.timeMs) ? mine! : theirs;
    const known = earlier === mine ? 'with all candles' : `with those after the cut ${future}`;
    const detail = `an order of rule "${earlier.tag}" is placed ${known}, but not the same one otherwise`;
    return { culprit: earlier.tag, timeMs: earlier.timeMs, detail };
  }
  return null;
}

interface Wish {
  readonly tag: string;
  readonly timeMs: number;
  readonly text: string;
}

function wishesOf(run: Run, untilMs: number): Wish[] {
  const { orders, refusals } = run.wishes;
  const wishes: Wish[] = [];
  for (const { request } of orders) {
    // The exits of a fill bear the fill's time: at the cut itself that fill was in the candle that opens there.
    const isKnown = request.parentId > 0 ? request.createdMs < untilMs : request.createdMs <= untilMs;
    if (isKnown) wishes.push({ tag: request.tag, timeMs: request.createdMs, text: canonicalJson(request) });
  }
  for (const { timeMs, intent, reason } of refusals) {
    const tag = intent.kind === 'place' ? intent.tag : intent.kind;
    if (timeMs <= untilMs) wishes.push({ tag, timeMs, text: `${reason} ${canonicalJson(intent)}` });
  }
  return wishes.sort((a, b) => a.timeMs - b.timeMs);
}
