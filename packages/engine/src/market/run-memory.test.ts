import type { Candles } from '@wickworks/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smaCross } from '../../golden/strategies.js';
import { walk } from '../../golden/walk.js';
import { calculate, IndicatorRunner } from '../indicators/calculate.js';
import { anyParams } from '../../golden/any-params.js';
import { defaults } from '../../golden/indicator-checks.js';
import type { ParamValues } from '../indicators/params.js';
import { indicators } from '../indicators/registry.js';
import { prepareRun, runThrough, type Run, type RunInput, type RunLoans } from '../runner/run.js';
import type { RunResult } from '../runner/run-types.js';
import { compileStrategy } from '../strategies/compile-strategy.js';
import { listExamples } from '../strategies/examples.js';
import { RunMemory, type ColumnSource } from './run-memory.js';

const LENGTH = 1_500;
/** Memory as the worst run could leave it. */
const dirty: ColumnSource = {
  numbers: (length) => new Float64Array(length).fill(-123.5),
  bytes: (length) => new Uint8Array(length),
};

const inputOf = (strategy: RunInput['strategy'], candles: Candles, timeframe: RunInput['timeframe']): RunInput => ({
  strategy,
  markets: ['BTC/USDT', 'ETH/USDT'].slice(0, strategy.needs?.length === 0 ? 1 : 2).map((symbol) => ({
    ...{ exchange: 'file', symbol, tickSize: 0.01, lotSize: 0.00001, minNotional: 5 },
    candles,
  })),
  timeframe,
  config: { shorting: true },
});

/** Every example over two walks, and a strategy in code. */
const inputs = [
  ...listExamples().flatMap(({ document }) => {
    const compiled = compileStrategy(document);
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
    const { timeframe } = document;
    return [1, 2].map((seed) => inputOf(compiled.value, walk(seed, LENGTH), timeframe));
  }),
  inputOf(smaCross, walk(3, LENGTH), '1h'),
];

function prepared(input: RunInput, loans?: RunLoans): Run {
  const run = prepareRun(input, loans);
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  return run.value;
}

function through(run: Run): RunResult {
  const result = runThrough(run, {});
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

describe('memory that runs borrow one after the other', () => {
  it('leaves nothing of one run in the next, and the results as they were', () => {
    const memory = new RunMemory();
    const fresh = inputs.map((input) => through(prepared(input)));
    expect(fresh.filter(({ trades }) => trades.length > 0).length).toBeGreaterThan(10);
    const results = [...inputs, ...inputs].map((input) => {
      const run = prepared(input, { memory });
      const result = through(run);
      run.giveBack();
      return result;
    });
    expect(results).toEqual([...fresh, ...fresh]);
  });

  it('is not shared by runs at the same time', () => {
    const memory = new RunMemory();
    const [a, b] = [inputs[0]!, inputs.at(-1)!];
    const runs = [a, b, a].map((input) => prepared(input, { memory }));
    for (const run of runs) run.advance(700);
    const results = runs.map((run) => through(run));
    for (const run of runs) run.giveBack();
    expect(results).toEqual([a, b, a].map((input) => through(prepared(input))));
  });

  it('is handed on, and no longer than it is given back', () => {
    const memory = new RunMemory();
    const first = memory.borrow();
    const [column, truths] = [first.numbers(10), first.bytes(5)];
    truths.fill(1);
    expect(memory.borrow().numbers(10)).not.toBe(column);
    first.giveBack();
    const second = memory.borrow();
    expect(second.numbers(9)).not.toBe(column);
    expect(second.numbers(10)).toBe(column);
    expect(second.numbers(10)).not.toBe(column);
    expect(second.bytes(5)).toBe(truths);
    expect([...truths]).toEqual([0, 0, 0, 0, 0]);
    first.giveBack();
    expect(memory.borrow().numbers(10)).not.toBe(column);
  });

  it('cannot be read by the run that gave it back', () => {
    const run = prepared(inputs[0]!, { memory: new RunMemory() });
    run.advance();
    run.giveBack();
    expect(() => run.draft()).toThrow('over');
    expect(() => run.advance()).toThrow('over');
  });

  it.each([...indicators.values()].map((definition) => [definition.id, definition] as const))(
    'gives %s whatever was in it before',
    (_id, definition) => {
      const candles = walk(5, 400);
      const check = (params: ParamValues): void => {
        const runner = new IndicatorRunner(definition, params, candles, { memory: dirty });
        runner.append();
        const values = Object.entries(runner.outputs).map(([name, series]) => [name, series.values]);
        expect(Object.fromEntries(values)).toEqual(calculate(definition, params, candles));
      };
      check(defaults(definition));
      fc.assert(fc.property(anyParams(definition), check), { numRuns: 3, seed: 20240131 });
    },
  );
});
