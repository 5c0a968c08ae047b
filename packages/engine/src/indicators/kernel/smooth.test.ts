import { Candles, copyColumns, rowAt } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { walk } from '../../../golden/walk.js';
import { calculate, IndicatorRunner } from '../calculate.js';
import type { IndicatorDefinition } from '../define.js';
import type { ParamValues } from '../params.js';
import { findIndicator, parseParams } from '../registry.js';

function resolve(id: string, raw: Readonly<Record<string, number>>): [IndicatorDefinition, ParamValues] {
  const definition = findIndicator(id);
  const params = definition && parseParams(definition, raw);
  if (!params?.ok) throw new Error(`no indicator ${id}`);
  return [definition!, params.value];
}

// Periods around four, the size of a group, and around the groups of the windows.
const cases = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 20].flatMap((period) =>
    (['ema', 'rma', 'sma', 'rsi', 'dema', 'atr'] as const).map((id) => [id, { period }] as const),
  ),
  ['macd', {}] as const,
  ['macd', { fast: 3, slow: 4, signal: 1 }] as const,
  ['stoch', {}] as const,
];

describe('groups of four candles', () => {
  it.each(cases)('%s %j gives the same bits in one piece, in pieces of any size and step by step', (id, raw) => {
    const [definition, params] = resolve(id, raw);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.array(fc.integer({ min: 1, max: 11 })), (seed, pieces) => {
        const candles = walk(seed, 90);
        const whole = calculate(definition, params, candles);
        const growing = new Candles(1);
        const runner = new IndicatorRunner(definition, params, growing);
        const take = (count: number): void => {
          for (let i = 0; i < count && growing.length < 90; i++) growing.push(rowAt(candles, growing.length));
          runner.append();
        };
        for (const count of pieces) take(count);
        while (growing.length < 90) take(1);
        for (const [name, column] of Object.entries(whole))
          expect(runner.outputs[name]!.values.slice(0, 90), name).toEqual(column);
      }),
      { numRuns: 15 },
    );
  });

  it('an average of a price that stands still is that price, to the last bit', () => {
    const flat = Candles.fromRows(Array.from({ length: 60 }, (_, i) => [i * 60_000, 0.1, 0.1, 0.1, 0.1, 1]));
    const [definition, params] = resolve('ema', { period: 4 });
    const { ema } = calculate(definition, params, flat);
    expect(new Set(ema!.subarray(8)).size).toBe(1);
  });

  it('crosses slices of a long history without a seam', () => {
    const candles = walk(3, 9_000);
    for (const [id, raw] of [
      ['rsi', { period: 14 }],
      ['macd', {}],
    ] as const) {
      const [definition, params] = resolve(id, raw);
      const whole = calculate(definition, params, candles);
      const part = calculate(definition, params, copyColumns(candles, 0, 4_099));
      for (const name of Object.keys(whole)) expect(part[name]).toEqual(whole[name]!.slice(0, 4_099));
    }
  });
});
