import { indicators } from '../src/indicators/registry.js';

/** Every function and variable of the `ta` namespace in Pine Script's reference (version 6). */
export const PINE_TA: readonly string[] = (
  'accdist alma atr barssince bb bbw cci change cmo cog correlation cross crossover crossunder cum dev dmi ema ' +
  'falling highest highestbars hma iii kc kcw linreg lowest lowestbars macd max median mfi min mode mom nvi obv ' +
  'percentile_linear_interpolation percentile_nearest_rank percentrank pivot_point_levels pivothigh pivotlow pvi pvt ' +
  'range rci rising rma roc rsi sar sma stdev stoch supertrend swma tr tsi valuewhen variance vwap vwma wad wma wpr wvad'
).split(' ');

/** Where the numbers or the arguments are not those of Pine's function of that name, and why. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  alma: 'without `floor`, which moves the centre to a whole candle',
  bb: 'as the basis any average',
  bbw: 'a ratio; version 6 gives it in percent, version 5 as here',
  cross: '±1 by direction instead of true',
  dmi: 'running sums as TA-Lib; the same once settled',
  macd: "the fast average starts with the slow one, as TA-Lib's; the same once settled",
  nvi: 'starts at 1000 (parameter `start`); Pine at 1',
  obv: "starts at the first volume as TA-Lib's; Pine at 0",
  pivot_point_levels:
    'Traditional; Fibonacci, Woodie, DM and Camarilla are `pivots-fibonacci`, `pivots-woodie`, `pivots-demark` and ' +
    '`pivots-camarilla`. The type called Classic (r3 and r4 two and three ranges from p) is absent, as most tools give ' +
    'that name to Traditional; `developing` too, whose levels change within the session that they are traded in',
  pvi: 'starts at 1000 (parameter `start`); Pine at 1',
  rci: "Spearman's correlation with shared ranks; 0 in a flat window",
  sar: "first direction as TA-Lib's; the same after the first turn",
  stoch: 'its output `k`',
  supertrend: 'direction 1 is up, in Pine −1 is; the true range begins at the second candle; the same once settled',
  tr: 'from the second candle on; `handle_na` is absent',
  tsi: '−100 … 100; Pine −1 … 1',
  vwap: 'bands by `multiple`; an anchor that is a time is `vwap-anchored`',
};

/** Lines of the page that tell whoever comes from Pine where to look. */
export function pineLines(): string[] {
  const byName = new Map<string, string[]>();
  for (const { id, pine } of indicators.values())
    for (const name of pine ?? []) byName.set(name, [...(byName.get(name) ?? []), id]);
  return [
    '## Coming from Pine Script',
    '',
    `All ${String(PINE_TA.length)} names of its \`ta\` namespace, version 6. Averages that Pine starts elsewhere agree once they have settled.`,
    '',
    ...PINE_TA.map((name) => {
      const ids = (byName.get(`ta.${name}`) ?? []).map((id) => `\`${id}\``).join(', ');
      const difference = DIFFERENCES[name];
      return `- \`ta.${name}\`: ${ids}${difference === undefined ? '' : `; ${difference}`}`;
    }),
    '',
  ];
}

/** Names told to differ that Pine does not have: a slip of the pen. */
export const unknownDifferences = (): string[] => Object.keys(DIFFERENCES).filter((name) => !PINE_TA.includes(name));
