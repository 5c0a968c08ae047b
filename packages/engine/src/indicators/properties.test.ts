import { Candles, type CandleRow } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyParams } from '../../golden/any-params.js';
import {
  checkPrefix,
  checkSteps,
  checkWarmup,
  CUTS,
  defaults,
  HOUR_MS,
  markets,
  prefix,
  sample,
  START_MS,
} from '../../golden/indicator-checks.js';
import { calculate, IndicatorRunner, warmupByOutput } from './calculate.js';
import { indicators } from './registry.js';

const table = [...indicators.values()].map((definition) => [definition.id, definition] as const);
const walk = sample(420, 7);
const other = sample(420, 11);

const DAY_MS = 86_400_000;
/** `walk` with each candle changed: markets that no random one is sure to have in full. */
const changed = (change: (row: CandleRow, i: number) => CandleRow): Candles =>
  Candles.fromRows(Array.from({ length: walk.length }, (_, i) => change(walk.at(i)!, i)));
const EXTREMES = {
  'moving prices that nobody trades': changed(([time, open, high, low, close]) => [time, open, high, low, close, 0]),
  'a price that stands still while it is traded': changed(([time], i) => [time, 7, 7, 7, 7, 1 + (i % 3)]),
  'candles without a body': changed(([time, open, high, low, , volume]) => [time, open, high, low, open, volume]),
  'gaps of days': changed(([, open, high, low, close, volume], i) => [
    START_MS + i * HOUR_MS + Math.floor(i / 5) * 9 * DAY_MS,
    open,
    high,
    low,
    close,
    volume,
  ]),
};

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
    for (const cut of CUTS) checkPrefix(definition, defaults(definition), walk, cut);
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

  test.each(Object.entries(EXTREMES))('survives %s', (_name, candles) => {
    checkWarmup(definition, defaults(definition), candles);
    checkSteps(definition, defaults(definition), candles, 210);
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
