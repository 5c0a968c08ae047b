import { Candles } from '@wickworks/core';
import { expect, test } from 'vitest';
import {
  checkDrift,
  checkPrefix,
  checkSettling,
  checkSteps,
  checkWarmup,
  CUTS,
  longMarket,
  sample,
} from '../../golden/indicator-checks.js';
import { readCandles } from '../../golden/talib.js';
import { defineIndicator, line, type IndicatorDefinition } from './define.js';
import { sma } from './kernel/window-sum.js';
import type { Graph, Series } from './kernel/graph.js';

/*
 * The checks that every indicator passes, against indicators broken on purpose: a check that lets its fault through is
 * worth nothing. Each fault is one that has been made, here or elsewhere.
 */

const broken = (create: (g: Graph) => Series): IndicatorDefinition =>
  defineIndicator({
    id: 'broken',
    title: 'Broken',
    group: 'trend',
    params: {},
    outputs: { value: line('Value') },
    formula: 'wrong',
    create: (g) => ({ value: create(g) }),
  });

const walk = sample(420, 7);
const silent = Candles.fromRows(
  Array.from({ length: walk.length }, (_, i) => {
    const [time, open, high, low, close] = walk.at(i)!;
    return [time, open, high, low, close, 0] as const;
  }),
);

const sound = broken((g) => sma(g, g.close, 5));

/** Each candle shows the close of the next. */
const readsNext = broken((g) =>
  g.derive(0, (from, to, out) => {
    for (let i = from; i < to; i++) out[i] = g.close.values[i + 1] ?? 0;
  }),
);
/** Scaled by the highest close of all, as a charting script may do without a thought. */
const scalesByAll = broken((g) =>
  g.derive(0, (from, to, out) => {
    const top = g.close.values.subarray(from, to).reduce((most, value) => Math.max(most, value), 0);
    for (let i = from; i < to; i++) out[i] = g.close.values[i]! / top;
  }),
);
/** Remembers outside of the graph, where no candle can be taken back. */
const remembersElsewhere = broken((g) => {
  let total = 0;
  return g.derive(0, (from, to, out) => {
    for (let i = from; i < to; i++) {
      total += g.volume.values[i]!;
      out[i] = total;
    }
  });
});
/** Begins one candle before it can. */
const beginsEarly = broken((g) => {
  const mean = sma(g, g.close, 5);
  return g.derive(3, (from, to, out) => {
    for (let i = from; i < to; i++) out[i] = mean.values[i]!;
  });
});
/** Shows what it has before it should. */
const showsEarly = broken((g) => {
  const column = g.column(5);
  g.node(0, (from, to) => {
    for (let i = from; i < to; i++) column.values[i] = g.close.values[i]!;
  });
  return column;
});
const dividesByVolume = broken((g) =>
  g.derive(0, (from, to, out) => {
    for (let i = from; i < to; i++) out[i] = g.close.values[i]! / g.volume.values[i]!;
  }),
);
/** Adds the newest and takes away the oldest for ever, as the textbook says. */
const driftsAway = broken((g) => {
  const state = g.state(1);
  return g.derive(19, (from, to, out) => {
    for (let i = from; i < to; i++) {
      if (i === 19) state[0] = g.volume.values.subarray(0, 20).reduce((sum, value) => sum + value, 0);
      else state[0]! += g.volume.values[i]! - g.volume.values[i - 20]!;
      out[i] = state[0]! / 20;
    }
  });
});
/** Smooths without saying so. */
const hidesMemory = broken((g) =>
  g.derive(0, (from, to, out) => {
    for (let i = from; i < to; i++)
      out[i] = i === 0 ? g.close.values[0]! : 0.9 * out[i - 1]! + 0.1 * g.close.values[i]!;
  }),
);

const year = readCandles('btcusdt-1h-2021');
const long = longMarket(120_000);
const checks: Readonly<Record<string, (definition: IndicatorDefinition) => void>> = {
  'look-ahead': (definition) => {
    for (const cut of CUTS) checkPrefix(definition, {}, walk, cut);
  },
  steps: (definition) => checkSteps(definition, {}, walk, 300),
  'warm-up': (definition) => checkWarmup(definition, {}, walk),
  silence: (definition) => checkWarmup(definition, {}, silent),
  drift: (definition) => checkDrift(definition, {}, long, 12_000),
  settling: (definition) => checkSettling(definition, {}, year, 4_007),
};

test.each([
  ['reading the next candle', readsNext, 'look-ahead'],
  ['reading the next candle', readsNext, 'steps'],
  ['scaling by all candles', scalesByAll, 'look-ahead'],
  ['remembering outside of the graph', remembersElsewhere, 'steps'],
  ['beginning too early', beginsEarly, 'warm-up'],
  ['showing values during warm-up', showsEarly, 'warm-up'],
  ['dividing by a volume of 0', dividesByVolume, 'silence'],
  ['a sum that drifts', driftsAway, 'drift'],
  ['a memory nobody declared', hidesMemory, 'settling'],
] as const)('%s is caught', (_fault, definition, check) => {
  expect(() => {
    checks[check]!(definition);
  }).toThrow();
});

test.each(Object.entries(checks))('a sound indicator passes: %s', (_name, check) => {
  expect(() => {
    check(sound);
  }).not.toThrow();
});
