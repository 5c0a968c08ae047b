import { describe, expect, test } from 'vitest';
import {
  compareTalib,
  mavpPeriods,
  readCandles,
  readTalibCases,
  readTalibWebCases,
  type TalibCase,
} from '../../golden/talib.js';
import { calculate, warmup } from './calculate.js';
import { findIndicator, indicators, parseTalibParams } from './registry.js';

const TOLERANCE = 1e-9;

function byFunction(cases: readonly TalibCase[]): Map<string, TalibCase[]> {
  const groups = new Map<string, TalibCase[]>();
  for (const golden of cases) groups.set(golden.name, [...(groups.get(golden.name) ?? []), golden]);
  return groups;
}

/** Where we leave TA-Lib on purpose; the definition's formula says why. */
const DEVIATIONS = new Map([
  // 0.8 takes typical prices that differ by less than 1e-14 as equal, older builds (which we match) do not.
  ['0.8 avaxusdt-1m MFI', 'rounding noise'],
]);
/**
 * Functions where TA-Lib subtracts large sums from each other, so that its own rounding is above 1e-9 at these
 * prices. Ours are held to exact arithmetic in exact.test.ts.
 */
const ROUNDED_BY_TALIB = new Set(['STDDEV', 'VAR', 'LINEARREG_SLOPE', 'LINEARREG_ANGLE', 'FOSC']);
const LOOSE = 1e-7;
/** Functions that TA-Lib 0.8 added to the 158 and that we define as Pine or their authors do instead. */
const DEFINED_OTHERWISE = new Set([
  'FRACTAL', // ±100 flags; ours give the price
  'KC', // starts its ATR only at the first shown candle
  'KDJ', // another kind of average
  'PERCENTRANK', // equal values do not count
  'SUPERTREND', // always starts upwards
]);
/** Defaults that TA-Lib 0.8 changed: ours under `talib:` stay those of the 158-function library. */
const CHANGED_DEFAULTS = new Set(['BBANDS']);

const versions = { '0.8': readTalibCases, '0.4': readTalibWebCases };

describe.each([
  ['0.8', 'btcusdt-1h'],
  ['0.8', 'avaxusdt-1m'],
  ['0.4', 'btcusdt-1h'],
  ['0.4', 'avaxusdt-1m'],
] as const)('TA-Lib %s over %s', (version, market) => {
  const candles = readCandles(market);
  const functions = byFunction(versions[version](market).filter(({ name }) => !DEFINED_OTHERWISE.has(name)));

  test('every function has its indicator', () => {
    expect([...functions.keys()].filter((name) => !findIndicator(`talib:${name}`))).toEqual([]);
    if (version === '0.4') return;
    const unchecked = [...indicators.values()].filter(({ talib }) => talib && !functions.has(talib.name));
    expect(unchecked.map(({ id }) => id)).toEqual([]);
  });

  test.each([...functions])('%s', (name, cases) => {
    const definition = findIndicator(`talib:${name}`);
    if (!definition) return; // named by the test above
    const given = name === 'MAVP' ? { periods: { values: mavpPeriods(candles.length), begin: 0 } } : {};
    for (const golden of cases) {
      const params = parseTalibParams(definition, golden.params);
      if (!params.ok) expect.fail(JSON.stringify({ params: golden.params, issues: params.error }));
      if (golden.isDefault && !CHANGED_DEFAULTS.has(name)) expect(parseTalibParams(definition)).toEqual(params);
      const columns = calculate(definition, params.value, candles, given);
      const { difference, where } = compareTalib(definition, columns, golden);
      const deviates = DEVIATIONS.has(`${version} ${market} ${name}`);
      if (difference > (ROUNDED_BY_TALIB.has(name) ? LOOSE : TOLERANCE) && !deviates)
        expect.fail(`${JSON.stringify(golden.params)}: ${where}`);
      expect(warmup(definition, params.value), JSON.stringify(golden.params)).toBe(golden.lookback);
    }
  });
});
