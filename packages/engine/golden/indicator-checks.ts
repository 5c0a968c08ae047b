import { Candles, copyColumns, type CandleColumns, type CandleRow } from '@wickworks/core';
import fc from 'fast-check';
import { expect } from 'vitest';
import { calculate, createRunner, warmupByOutput } from '../src/indicators/calculate.js';
import type { IndicatorDefinition } from '../src/indicators/define.js';
import type { ParamValues } from '../src/indicators/params.js';
import { parseParams } from '../src/indicators/registry.js';
import { settlingByOutput } from '../src/indicators/settling.js';

/*
 * What every indicator must hold, as checks that throw: properties.test.ts applies them to the whole registry,
 * faults.test.ts to indicators broken on purpose.
 */

export const HOUR_MS = 3_600_000;
export const START_MS = Date.UTC(2024, 0, 30);

/** A step of a made-up market: how far it moves, how wide the candle is, how much trades, whether time jumps. */
interface Move {
  readonly kind: 'walk' | 'flat' | 'doji' | 'jump' | 'silent' | 'gap';
  readonly change: number;
  readonly width: number;
  readonly volume: number;
}

const move: fc.Arbitrary<Move> = fc.record({
  kind: fc.oneof(
    { weight: 10, arbitrary: fc.constant('walk' as const) },
    { weight: 1, arbitrary: fc.constantFrom('flat' as const, 'doji' as const, 'jump' as const, 'silent' as const) },
    { weight: 1, arbitrary: fc.constant('gap' as const) },
  ),
  change: fc.double({ min: -0.02, max: 0.02, noNaN: true }),
  width: fc.double({ min: 0, max: 0.01, noNaN: true }),
  volume: fc.double({ min: 0.0001, max: 1_000, noNaN: true }),
});

function market(moves: readonly Move[], openPrice: number): Candles {
  let time = START_MS;
  let price = openPrice;
  let quiet = 0;
  const rows = moves.map(({ kind, change, width, volume }): CandleRow => {
    time += kind === 'gap' ? 31 * HOUR_MS : HOUR_MS;
    // A flat stretch lasts: windows must meet prices and volumes that do not change at all.
    if (kind === 'flat') quiet = 40;
    if (quiet-- > 0) return [time, price, price, price, price, 0];
    const open = price;
    const factor = kind === 'jump' ? 1 + 20 * change : kind === 'doji' ? 1 : 1 + change;
    price = open * factor;
    const high = Math.max(open, price) * (1 + width);
    const low = Math.min(open, price) * (1 - width);
    return [time, open, high, low, price, kind === 'silent' ? 0 : volume];
  });
  return Candles.fromRows(rows);
}

/** Made-up markets of `size` candles: walks, jumps, dojis, silent and flat stretches, gaps. */
export const markets = (size: number): fc.Arbitrary<Candles> =>
  fc
    .tuple(fc.array(move, { minLength: size, maxLength: size }), fc.constantFrom(0.000012, 1, 30_000))
    .map(([moves, price]) => market(moves, price));

/** One of them. */
export const sample = (size: number, seed: number): Candles => fc.sample(markets(size), { numRuns: 1, seed })[0]!;

/** Default parameters of `definition`. */
export function defaults(definition: IndicatorDefinition): ParamValues {
  const parsed = parseParams(definition);
  if (!parsed.ok) throw new Error(`${definition.id}: defaults outside their own range`);
  return parsed.value;
}

/** The first `length` candles; behind them the buffers hold another future, for whoever looks there. */
export function prefix(candles: CandleColumns, length: number): Candles {
  const part = copyColumns(candles, 0, length);
  const last = length === 0 ? START_MS : part.time[length - 1]!;
  for (let k = 1; k <= 3; k++) part.push([last + k * HOUR_MS, 1e6, 3e6, 1e5, 2e6 * k, 1e9]);
  part.truncate(length);
  return part;
}

/** Same numbers bit for bit, NaN included, over `[0, length)`. */
function expectSame(label: string, got: Float64Array, want: Float64Array, length: number): void {
  for (let i = 0; i < length; i++)
    if (!Object.is(got[i]! + 0, want[i]! + 0)) expect.fail(`${label}[${i}]: ${got[i]!} instead of ${want[i]!}`);
}

/** Nothing before the declared warm-up, a finite number on every candle after it. */
export function checkWarmup(definition: IndicatorDefinition, params: ParamValues, candles: Candles): void {
  const columns = calculate(definition, params, candles);
  const begins = warmupByOutput(definition, params);
  for (const [name, spec] of Object.entries(definition.outputs)) {
    const column = columns[name]!;
    const begin = begins[name]!;
    expect(column.length).toBe(candles.length);
    for (let i = 0; i < candles.length; i++) {
      const label = `${definition.id}.${name}[${i}] ${JSON.stringify(params)}`;
      if (i < begin && !Number.isNaN(column[i])) expect.fail(`${label} = ${column[i]!} during warm-up`);
      if (i >= begin && !spec.sparse && !Number.isFinite(column[i]))
        expect.fail(`${label} = ${column[i]!} after warm-up`);
    }
  }
}

/** Where a market of 420 candles is cut. */
export const CUTS = [0, 1, 2, 37, 211, 419];

/** The first `cut` candles give the first `cut` values, whatever comes after. */
export function checkPrefix(definition: IndicatorDefinition, params: ParamValues, candles: Candles, cut: number): void {
  const whole = calculate(definition, params, candles);
  const part = calculate(definition, params, prefix(candles, cut));
  for (const name of Object.keys(whole)) expectSame(`${definition.id}.${name}`, part[name]!, whole[name]!, cut);
}

/** Candle by candle, with forming candles replaced and taken back, the numbers are those of a whole run. */
export function checkSteps(
  definition: IndicatorDefinition,
  params: ParamValues,
  candles: Candles,
  history: number,
): void {
  const whole = calculate(definition, params, candles);
  const growing = copyColumns(candles, 0, history);
  const runner = createRunner(definition, params, growing);
  for (let i = history; i < candles.length; i++) {
    const row = candles.at(i)!;
    const [time, open, high, low, close, volume] = row;
    // The forming candle comes as a spike, shrinks, is taken back altogether, then arrives as it closed.
    growing.push([time, open, high * 3, low / 3, low / 2, volume * 5 + 1]);
    runner.append();
    growing.set(i, [time, open, open, open, open, 0]);
    runner.update();
    if (i % 3 === 0) {
      runner.rollback();
      growing.truncate(i);
      growing.push(row);
      runner.append();
    } else {
      growing.set(i, [time, open, high, low, (open + close) / 2, volume / 2]);
      runner.update();
      growing.set(i, row);
      runner.update();
    }
  }
  expect(runner.length).toBe(candles.length);
  for (const [name, series] of Object.entries(runner.outputs))
    expectSame(`${definition.id}.${name} ${JSON.stringify(params)}`, series.values, whole[name]!, candles.length);
  runner.recalculate();
  for (const [name, series] of Object.entries(runner.outputs))
    expectSame(`${definition.id}.${name} again ${JSON.stringify(params)}`, series.values, whole[name]!, candles.length);
}

/** The last candle on which two columns differ by more than `tolerance` of the largest value; −1: none. */
function lastDifference(long: Float64Array, short: Float64Array, offset: number, tolerance: number): number {
  const scale = short.reduce((most, value) => Math.max(most, Number.isNaN(value) ? 0 : Math.abs(value)), 0);
  for (let i = short.length - 1; i >= 0; i--) {
    const [a, b] = [long[i + offset]!, short[i]!];
    if (Number.isNaN(a) !== Number.isNaN(b) || Math.abs(a - b) > tolerance * scale) return i;
  }
  return -1;
}

/** Sums over windows are rounded by where they were begun. */
const WINDOW_TOLERANCE = 1e-9;
/** A millionth of the start is left; the start may have been a few times as large as anything later. */
const FADE_TOLERANCE = 1e-5;
/** `market`: what has to happen first has happened so many candles before the end. */
export const SETTLING_TAIL = 500;

/** From its declared settling on an output is the same wherever the data begins: at `offset` instead of 0. */
export function checkSettling(
  definition: IndicatorDefinition,
  params: ParamValues,
  candles: CandleColumns,
  offset: number,
): void {
  const begins = warmupByOutput(definition, params);
  const long = calculate(definition, params, candles);
  const short = calculate(definition, params, copyColumns(candles, offset, candles.length));
  for (const [name, found] of Object.entries(settlingByOutput(definition, params))) {
    const tolerance = found.kind === 'window' ? WINDOW_TOLERANCE : FADE_TOLERANCE;
    const last = lastDifference(long[name]!, short[name]!, offset, tolerance);
    const label = `${definition.id}.${name} ${JSON.stringify(params)} (${found.kind}): differs until ${String(last)}`;
    expect(found.candles, label).toBeGreaterThanOrEqual(begins[name]!);
    switch (found.kind) {
      case 'window':
        expect(found.candles, label).toBe(begins[name]);
        expect(last, label).toBeLessThan(found.candles);
        break;
      case 'fades':
        expect(last, label).toBeLessThan(found.candles);
        break;
      case 'market':
        // Anchored before the data, there is no session to wait for; a year of hours has one year.
        if (definition.id !== 'vwap-anchored' && params['session'] !== 'year')
          expect(last, label).toBeLessThan(short[name]!.length - SETTLING_TAIL);
        break;
      case 'forever':
        expect(found.candles).toBe(Infinity);
    }
  }
}

/** Running sums: held to their changes, since their level goes back to the first candle. */
const SUMS = new Set(['ad', 'cum', 'obv', 'pvt', 'wad']);
/** So many of the weights' own settling times until nothing of the start is left in a float. */
const GONE = 3;
const DRIFT_TOLERANCE = 1e-9;

/**
 * After all of `candles` the newest values are those of a fresh start over the last of them: sums that are carried on
 * have not drifted. Running sums are held to their changes; what else goes back to the first candle by definition
 * (an index, an extreme of all time) has no fresh start to be compared with.
 */
export function checkDrift(
  definition: IndicatorDefinition,
  params: ParamValues,
  candles: CandleColumns,
  tail: number,
): void {
  const from = candles.length - tail;
  const whole = calculate(definition, params, candles);
  const fresh = calculate(definition, params, copyColumns(candles, from, candles.length));
  for (const [name, { kind, candles: settled }] of Object.entries(settlingByOutput(definition, params))) {
    const isSum = SUMS.has(definition.id);
    if ((kind === 'forever' && !isSum) || definition.id === 'vwap-anchored') continue;
    const [long, short] = [whole[name]!.subarray(from), fresh[name]!];
    const begin = warmupByOutput(definition, params)[name]!;
    const first = kind === 'window' ? begin : kind === 'fades' ? begin + GONE * (settled - begin) : tail - 100;
    expect(first, `${definition.id}.${name}: a longer tail is needed`).toBeLessThan(tail - 50);
    const change = (column: Float64Array, i: number): number => (isSum ? column[i]! - column[i - 1]! : column[i]!);
    const scale = long.reduce((most, value) => Math.max(most, Number.isNaN(value) ? 0 : Math.abs(value)), 0);
    for (let i = first; i < tail; i++) {
      const [got, want] = [change(long, i), change(short, i)];
      const floor = isSum ? scale : Math.max(Math.abs(want), 0.01 * scale);
      if (Number.isNaN(got) !== Number.isNaN(want) || Math.abs(got - want) > DRIFT_TOLERANCE * floor)
        expect.fail(
          `${definition.id}.${name}[${String(from + i)}] (${kind}): ${String(got)} instead of ${String(want)}`,
        );
    }
  }
}

/**
 * Prices that fall by a factor of a million and volumes with rare huge spikes: the worst for running sums. The last tenth
 * is without spikes, which would hide everything else.
 */
export function longMarket(count: number): Candles {
  const [time, price, high, low, volume] = [0, 1, 2, 3, 4].map(() => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const spikeEvery = Math.floor(count / 10) + 3;
  let seed = 12_345;
  for (let i = 0; i < count; i++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const noise = seed / 2_147_483_648;
    time[i] = i * 60_000;
    price[i] = 60_000 * Math.exp((-13.8 * i) / count) * (1 + 0.01 * noise);
    high[i] = price[i]! * (1 + 0.002 * noise);
    low[i] = price[i]! * (1 - 0.003 * noise);
    volume[i] = i % spikeEvery === 0 && i < 0.9 * count ? 1e12 : noise;
  }
  return Candles.wrap({ time, open: price, high, low, close: price, volume });
}
