import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { indicators } from './registry.js';
import { definitions } from './index.generated.js';

test('the generated index is fresh', () => {
  const script = fileURLToPath(new URL('../../scripts/generate-index.mjs', import.meta.url));
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});

test('ids and TA-Lib names are unique', () => {
  expect(indicators.size).toBe(definitions.length);
  const names = definitions.flatMap(({ talib }) => (talib ? [talib.name] : []));
  expect(new Set(names).size).toBe(names.length);
});

/** Every function and variable of the `ta` namespace in Pine Script's reference. */
const PINE_TA =
  'accdist alma atr barssince bb bbw cci change cmo cog correlation cross crossover crossunder cum dev dmi ema ' +
  'falling highest highestbars hma iii kc kcw linreg lowest lowestbars macd max median mfi min mode mom nvi obv ' +
  'percentile_linear_interpolation percentile_nearest_rank percentrank pivot_point_levels pivothigh pivotlow pvi pvt ' +
  'range rci rising rma roc rsi sar sma stdev stoch supertrend swma tr tsi valuewhen variance vwap vwma wad wma wpr wvad';

test('every ta.* of Pine Script has its indicator, and nothing else is called so', () => {
  const covered = definitions.flatMap(({ pine }) => pine ?? []).sort();
  expect(covered).toEqual(
    PINE_TA.split(' ')
      .map((name) => `ta.${name}`)
      .sort(),
  );
});
