import { Candles, type CandleRow } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyParams } from '../../golden/any-params.js';
import { calculate, createRunner, IndicatorRunner, warmupByOutput } from './calculate.js';
import type { IndicatorDefinition } from './define.js';
import type { ParamValues } from './params.js';
import { indicators, parseParams } from './registry.js';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2024, 0, 30);

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

const markets = (size: number): fc.Arbitrary<Candles> =>
  fc
    .tuple(fc.array(move, { minLength: size, maxLength: size }), fc.constantFrom(0.000012, 1, 30_000))
    .map(([moves, price]) => market(moves, price));

const sample = (size: number, seed: number): Candles => fc.sample(markets(size), { numRuns: 1, seed })[0]!;

function defaults(definition: IndicatorDefinition): ParamValues {
  const parsed = parseParams(definition);
  if (!parsed.ok) throw new Error(`${definition.id}: defaults outside their own range`);
  return parsed.value;
}

const prefix = (candles: Candles, length: number): Candles => Candles.wrap(candles, length);

/** Same numbers bit for bit, NaN included, over `[0, length)`. */
function expectSame(label: string, got: Float64Array, want: Float64Array, length: number): void {
  for (let i = 0; i < length; i++)
    if (!Object.is(got[i]! + 0, want[i]! + 0)) expect.fail(`${label}[${i}]: ${got[i]!} instead of ${want[i]!}`);
}

function checkWarmup(definition: IndicatorDefinition, params: ParamValues, candles: Candles): void {
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

function checkPrefix(definition: IndicatorDefinition, params: ParamValues, candles: Candles, cut: number): void {
  const whole = calculate(definition, params, candles);
  const part = calculate(definition, params, prefix(candles, cut));
  for (const name of Object.keys(whole)) expectSame(`${definition.id}.${name}`, part[name]!, whole[name]!, cut);
}

function checkSteps(definition: IndicatorDefinition, params: ParamValues, candles: Candles, history: number): void {
  const whole = calculate(definition, params, candles);
  const live = prefix(candles, history);
  const growing = Candles.fromRows([]);
  for (let i = 0; i < live.length; i++) growing.push(live.at(i)!);
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

const table = [...indicators.values()].map((definition) => [definition.id, definition] as const);
const walk = sample(420, 7);
const other = sample(420, 11);

describe.each(table)('%s', (_id, definition) => {
  test('declares outputs and defaults that exist', () => {
    const begins = warmupByOutput(definition, defaults(definition));
    expect(Object.keys(begins).sort()).toEqual(Object.keys(definition.outputs).sort());
    for (const spec of Object.values(definition.outputs)) {
      if (spec.bandTo !== undefined) expect(definition.outputs).toHaveProperty(spec.bandTo);
      if (spec.shiftBy !== undefined) expect(definition.params).toHaveProperty(spec.shiftBy);
    }
    for (const ours of Object.values(definition.talib?.params ?? {})) expect(definition.params).toHaveProperty(ours);
    for (const name of definition.talib?.outputs ?? []) expect(definition.outputs).toHaveProperty(name);
  });

  test('is NaN exactly during warm-up', () => {
    checkWarmup(definition, defaults(definition), walk);
    checkWarmup(definition, defaults(definition), other);
  });

  test('gives a prefix of its output for a prefix of its input', () => {
    for (const cut of [0, 1, 2, 37, 211, 419]) checkPrefix(definition, defaults(definition), walk, cut);
  });

  test('steps to the same numbers as a whole run, forming candles included', () => {
    checkSteps(definition, defaults(definition), walk, 0);
    checkSteps(definition, defaults(definition), other, 300);
  });

  test('holds all that with any parameters', () => {
    fc.assert(
      fc.property(anyParams(definition), markets(160), fc.nat(160), (params, candles, cut) => {
        checkWarmup(definition, params, candles);
        checkPrefix(definition, params, candles, cut);
        checkSteps(definition, params, candles, cut);
      }),
      { numRuns: 4, seed: 20240130 },
    );
  });

  test('survives no candle, one candle, a dead market and a candle taken back first of all', () => {
    const params = defaults(definition);
    for (const column of Object.values(calculate(definition, params, prefix(walk, 0)))) expect(column.length).toBe(0);
    checkWarmup(definition, params, prefix(walk, 1));
    const dead = Candles.fromRows(
      Array.from({ length: 300 }, (_, i): CandleRow => [START_MS + i * HOUR_MS, 5, 5, 5, 5, 0]),
    );
    checkWarmup(definition, params, dead);
    checkSteps(definition, params, dead, 150);
    const growing = prefix(walk, 1);
    const runner = new IndicatorRunner(definition, params, growing);
    runner.append();
    runner.rollback();
    expect(runner.length).toBe(0);
  });
});
