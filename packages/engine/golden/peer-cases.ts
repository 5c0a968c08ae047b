/** One output of ours beside one column of another library (see make-peers.mjs and make-peers.py). */
export interface PeerCase {
  readonly id: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly output: string;
  readonly library: string;
  readonly column: string;
  /** First candle compared: their average starts elsewhere, and by here the start no longer matters. */
  readonly from?: number;
  /** Largest relative difference, 1e-9 unless told. */
  readonly tolerance?: number;
  /** Ours is so many times theirs. */
  readonly scale?: number;
  /** Source parameter that is given the series "closed above its open" (1 or 0). */
  readonly given?: string;
  /** Candle whose time is given as `anchorMs`. */
  readonly anchorAt?: number;
  /** Theirs does not tell directions apart. */
  readonly unsigned?: true;
  /** Rare marks: every one of theirs is kept, and ours may have no other. */
  readonly marks?: true;
}

type Extras = Omit<PeerCase, 'id' | 'output' | 'library' | 'column'>;
type Row = readonly [id: string, output: string, column: string, extras?: Extras];

const cases = (library: string, rows: readonly Row[]): PeerCase[] =>
  rows.map(([id, output, column, extras]) => ({ id, output, library, column, ...extras }));

/** The runtime rounds to ten decimals, which shows in values that are small themselves. */
const TEN_DECIMALS = 1e-7;
const close = { source: 'close' };
const marks = true;

const pivots = (kind: string, library: string, levels: string, pivot: string, column: string): PeerCase[] =>
  cases(
    library,
    ['p', ...levels.split(' ')].map((level): Row => [kind, level, `${column}.${level === 'p' ? pivot : level}`]),
  );

/** What each indicator without a TA-Lib function is held to; where a library has it by another definition it is left out. */
export const PEER_CASES: readonly PeerCase[] = [
  ...cases('PineTS', [
    ['alma', 'alma', 'ta.alma(close, 9, 0.85, 6)'],
    ['alma', 'alma', 'ta.alma(close, 20, 0.5, 3)', { params: { period: 20, offset: 0.5, sigma: 3 } }],
    ['swma', 'swma', 'ta.swma(close)'],
    ['cog', 'cog', 'ta.cog(close, 10)'],
    ['bb-width', 'width', 'ta.bbw(close, 20, 2)', { scale: 0.01, tolerance: TEN_DECIMALS }],
    // Its true range begins at the second candle, ours (as Pine's ta.tr(true)) at the first.
    ['pine-kc', 'upper', 'ta.kc(close, 20, 1.5).upper', { from: 240 }],
    ['pine-kc', 'middle', 'ta.kc(close, 20, 1.5).middle'],
    ['pine-kc', 'lower', 'ta.kc(close, 20, 1.5).lower', { from: 240 }],
    ['pine-kc', 'upper', 'ta.kc(close, 20, 1.5, false).upper', { params: { trueRange: false } }],
    ['pine-kc', 'width', 'ta.kcw(close, 20, 1.5)', { from: 300, tolerance: TEN_DECIMALS }],
    // Pine averages the movements from their first mean on, ours are TA-Lib's running sums.
    ['dmi', 'plusDi', 'ta.dmi(14, 14).plus', { from: 300 }],
    ['dmi', 'minusDi', 'ta.dmi(14, 14).minus', { from: 300 }],
    ['dmi', 'adx', 'ta.dmi(14, 14).adx', { from: 340 }],
    ['iii', 'iii', 'ta.iii of volume / 1e8', { scale: 1e-8 }],
    ['wvad', 'wvad', 'ta.wvad'],
    ['vwap', 'vwap', 'ta.vwap(hlc3)'],
    ['median', 'median', 'ta.median(close, 20)'],
    ['median', 'median', 'ta.median(close, 9)', { params: { period: 9 } }],
    ['mode', 'mode', 'ta.mode(close, 20)'],
    ['percentile-linear', 'percentile', 'ta.percentile_linear_interpolation(close, 30, 50)'],
    [
      'percentile-linear',
      'percentile',
      'ta.percentile_linear_interpolation(close, 20, 85)',
      { params: { period: 20, percentile: 85 } },
    ],
    [
      'percentile',
      'percentile',
      'ta.percentile_nearest_rank(close, 20, 85)',
      { params: { period: 20, percentile: 85 } },
    ],
    ['percentrank', 'percentrank', 'ta.percentrank(close, 100)'],
    ['linearreg', 'linearreg', 'ta.linreg(close, 14, 3)', { params: { period: 14, offset: 3 } }],
    ['range', 'range', 'ta.range(close, 20)'],
    ['all-time-high', 'highest', 'ta.max(high)'],
    ['all-time-low', 'lowest', 'ta.min(low)'],
    ['bars-since', 'since', 'ta.barssince(close > open)', { given: 'source' }],
    ['value-when', 'value', 'ta.valuewhen(close > open, close, 0)', { given: 'condition' }],
    ['value-when', 'value', 'ta.valuewhen(close > open, close, 2)', { given: 'condition', params: { occurrence: 2 } }],
    ['cross', 'cross', 'ta.cross(close, hl2)', { params: { other: 'hl2' }, unsigned: true, from: 1 }],
    ['crossover', 'crossover', 'ta.crossover(close, hl2)', { params: { other: 'hl2' }, from: 1 }],
    ['crossunder', 'crossunder', 'ta.crossunder(close, hl2)', { params: { other: 'hl2' }, from: 1 }],
    ['highest-candles', 'offset', 'ta.highestbars(high, 14)'],
    ['lowest-candles', 'offset', 'ta.lowestbars(low, 14)'],
    ['pivot-high', 'pivot', 'ta.pivothigh(high, 5, 5)', { marks }],
    ['pivot-high', 'pivot', 'ta.pivothigh(high, 3, 2)', { params: { left: 3, right: 2 }, marks }],
    ['pivot-low', 'pivot', 'ta.pivotlow(low, 5, 5)', { marks }],
    ['pivot-low', 'pivot', 'ta.pivotlow(low, 3, 2)', { params: { left: 3, right: 2 }, marks }],
  ]),
  ...cases('trading-signals', [
    ['vidya', 'vidya', 'VIDYA(9)', { params: { period: 9, momentum: 9 }, from: 300 }],
    // Their true range begins at the first candle, ours (TA-Lib's) at the second.
    ['chande-kroll-stop', 'long', 'ChandeKrollStop(10, 1, 9).longStop', { from: 200 }],
    ['chande-kroll-stop', 'short', 'ChandeKrollStop(10, 1, 9).shortStop', { from: 200 }],
    ['chandelier', 'long', 'ChandelierExit(22, 3).long', { from: 300 }],
    ['chandelier', 'short', 'ChandelierExit(22, 3).short', { from: 300 }],
    ['fisher', 'fisher', 'FisherTransform(9)'],
    ['kst', 'kst', 'KST()'],
    ['rvgi', 'rvgi', 'RelativeVigorIndex(10).rvgi'],
    ['rvgi', 'signal', 'RelativeVigorIndex(10).signal'],
    ['squeeze', 'momentum', 'TTMSqueeze(20).momentum'],
    // Its averages start at their first value.
    ['wavetrend', 'wt1', 'WaveTrend(10, 21, 4).wt1', { from: 320 }],
    ['wavetrend', 'wt2', 'WaveTrend(10, 21, 4).wt2', { from: 320 }],
    ['rogers-satchell', 'volatility', 'RogersSatchellVolatility(30)', { params: { perYear: 1 }, scale: 100 }],
    ['eom', 'eom', 'EMV(14, 10000)'],
    ['bb-percent', 'percent', 'PercentB(20, 2)'],
    ['bb-width', 'width', 'BollingerBandsWidth(20, 2)'],
    ['keltner', 'upper', 'KeltnerChannels(20, 10, 2).upper', { params: close, from: 240 }],
    ['keltner', 'lower', 'KeltnerChannels(20, 10, 2).lower', { params: close, from: 240 }],
    ['ichimoku', 'conversion', 'IchimokuCloud(9, 26, 52).conversion'],
    ['ichimoku', 'base', 'IchimokuCloud(9, 26, 52).base'],
    ['ichimoku', 'spanA', 'IchimokuCloud(9, 26, 52).spanA'],
    ['ichimoku', 'spanB', 'IchimokuCloud(9, 26, 52).spanB'],
    ['fractals', 'up', 'SwingHigh(2)', { marks }],
    ['fractals', 'down', 'SwingLow(2)', { marks }],
    ['pivot-high', 'pivot', 'SwingHigh(5)', { marks }],
    ['pivot-low', 'pivot', 'SwingLow(5)', { marks }],
  ]),
  ...cases('lightweight-charts-indicators', [
    ['alma', 'alma', 'ALMA(9, 0.85, 6).plot0'],
    // Starts at its first value.
    ['mcginley', 'mcginley', 'McGinleyDynamic(14).plot0', { from: 300 }],
    ['envelope', 'upper', 'Envelope(20, 2.5).plot1'],
    ['envelope', 'lower', 'Envelope(20, 2.5).plot2'],
    ['envelope', 'upper', 'Envelope(20, 2.5, exponential).plot1', { params: { type: 'ema' } }],
    ['keltner', 'upper', 'KeltnerChannels(20, 2, hlc3, 10).plot0', { from: 200 }],
    ['keltner', 'lower', 'KeltnerChannels(20, 2, hlc3, 10).plot2', { from: 200 }],
    ['bb-percent', 'percent', 'BBPercentB(20, 2).plot0'],
    ['connors-rsi', 'crsi', 'ConnorsRSI(3, 2, 100).plot0'],
    ['kst', 'kst', 'KnowSureThing().plot0'],
    ['kst', 'signal', 'KnowSureThing().plot1'],
    ['choppiness', 'choppiness', 'Choppiness(14).plot0', { from: 14 }],
    ['ichimoku', 'conversion', 'IchimokuCloud().plot0'],
    ['ichimoku', 'base', 'IchimokuCloud().plot1'],
    ['eom', 'eom', 'EaseOfMovement(14, 10000).plot0'],
    // Starts K and D at their first values.
    ['kdj', 'k', 'KDJ(9, 3).plot0', { from: 100 }],
    ['kdj', 'd', 'KDJ(9, 3).plot1', { from: 100 }],
    ['kdj', 'j', 'KDJ(9, 3).plot2', { from: 100 }],
    // Its first stochastic comes earlier.
    ['stc', 'stc', 'SchaffTrendCycle(10, 23, 50).plot0', { from: 140 }],
    ['wavetrend', 'wt1', 'WaveTrend(10, 21).plot0'],
    ['wavetrend', 'wt2', 'WaveTrend(10, 21).plot1'],
    ['squeeze', 'momentum', 'SqueezeMomentum(20).plot0'],
    ['fisher', 'trigger', 'FisherTransform(9).plot1', { from: 100 }],
    ['chande-kroll-stop', 'long', 'ChandeKrollStop(10, 1, 9).plot0', { from: 200 }],
    ['chande-kroll-stop', 'short', 'ChandeKrollStop(10, 1, 9).plot1', { from: 200 }],
  ]),
  ...cases('pandas-ta-classic', [
    ['mcginley', 'mcginley', 'mcgd(14, c=1)', { from: 300 }],
    // Starts at a mean of the first 14 values.
    ['vidya', 'vidya', 'vidya(14)', { params: { period: 14, momentum: 14 }, from: 500, tolerance: 1e-8 }],
    ['qqe', 'rsi', 'qqe(14, 5, 4.236).QQE_14_5_4.236_RSIMA'],
    ['qqe', 'trail', 'qqe(14, 5, 4.236).QQE_14_5_4.236'],
    ['kdj', 'k', 'kdj(9, 3).K_9_3', { from: 12 }],
    ['kdj', 'd', 'kdj(9, 3).D_9_3'],
    ['kdj', 'j', 'kdj(9, 3).J_9_3'],
    ['rvgi', 'rvgi', 'rvgi(10, 4).RVGI_10_4'],
    ['rvgi', 'signal', 'rvgi(10, 4).RVGIs_10_4'],
    ['squeeze', 'momentum', 'squeeze(lazybear).SQZ_20_2.0_20_1.5_LB'],
    // Its true range begins at the second candle.
    ['squeeze', 'squeeze', 'squeeze(lazybear).SQZ_ON', { from: 20 }],
    ['chandelier', 'long', 'ce(22, 3).CE_L_22_3.0'],
    ['chandelier', 'short', 'ce(22, 3).CE_S_22_3.0'],
    ['choppiness', 'choppiness', 'chop(14)'],
    ['klinger', 'klinger', 'ema(34) - ema(55) of signed volume'],
    ['klinger', 'signal', 'ema(13) of ema(34) - ema(55) of signed volume'],
    ['ulcer', 'ulcer', 'ui(14)'],
    ['zscore', 'zscore', 'zscore(20)', { scale: Math.sqrt(20 / 19) }],
    ['realised-volatility', 'volatility', 'hvol(30, 365)'],
    ['cog', 'cog', 'cg(10)'],
    ['median', 'median', 'median(20)'],
    ['bb-percent', 'percent', 'bbands(20).BBP_20_2.0'],
    ['vwap', 'vwap', 'vwap(D)'],
    ['eom', 'eom', 'eom(14, 10000)'],
  ]),
  ...cases('ta', [
    ['bb-percent', 'percent', 'BollingerBands.pband'],
    ['bb-width', 'width', 'BollingerBands.wband / 100'],
    // Gives sums of what there is before its windows are full.
    ['kst', 'kst', 'KST', { from: 44 }],
    ['ichimoku', 'conversion', 'Ichimoku.conversion'],
    ['ichimoku', 'base', 'Ichimoku.base'],
    ['ichimoku', 'spanA', 'Ichimoku.a'],
    ['ichimoku', 'spanB', 'Ichimoku.b', { from: 51 }],
    ['keltner', 'upper', 'Keltner.upper', { params: close, from: 240 }],
    ['eom', 'eom', 'EaseOfMovement(14).sma', { params: { divisor: 100_000_000 } }],
    ['ulcer', 'ulcer', 'UlcerIndex(14)', { from: 26 }],
  ]),
  ...cases('talipp', [
    ['alma', 'alma', 'ALMA(9, 0.85, 6)'],
    ['mcginley', 'mcginley', 'McGinleyDynamic(14)'],
    ['chande-kroll-stop', 'long', 'ChandeKrollStop(10, 1, 9).long_stop', { from: 200 }],
    ['chande-kroll-stop', 'short', 'ChandeKrollStop(10, 1, 9).short_stop', { from: 200 }],
    ['choppiness', 'choppiness', 'CHOP(14)', { from: 14 }],
    ['eom', 'eom', 'EMV(14, 10000)'],
    ['kst', 'kst', 'KST.kst'],
    ['kst', 'signal', 'KST.signal'],
    ['keltner', 'upper', 'KeltnerChannels(20, 10, 2).ub', { params: close, from: 200 }],
    ['keltner', 'middle', 'KeltnerChannels(20, 10, 2).cb', { params: close }],
    ['rogers-satchell', 'volatility', 'RogersSatchell(30)', { params: { perYear: 1 }, scale: 100 }],
    ['vwap-anchored', 'vwap', 'VWAP from candle 48 on', { anchorAt: 48 }],
  ]),
  ...cases('stockstats', [
    ['kdj', 'k', 'kdjk_9', { from: 100 }],
    ['kdj', 'd', 'kdjd_9', { from: 100 }],
    ['kdj', 'j', 'kdjj_9', { from: 100 }],
    ['wavetrend', 'wt1', 'wt1_10,21', { from: 320 }],
    ['choppiness', 'choppiness', 'chop_14', { from: 14 }],
  ]),
  ...cases('@railpath/finance-toolkit', [
    ['garman-klass', 'volatility', 'GarmanKlass(30)'],
    ['parkinson', 'volatility', 'Parkinson(30)'],
  ]),
  ...pivots('pivots-classic', '@debut/indicators', 'r1 r2 r3 s1 s2 s3', 'pp', 'Pivot(classic)'),
  ...pivots('pivots-fibonacci', '@debut/indicators', 'r1 r2 r3 s1 s2 s3', 'pp', 'Pivot(fibonacci)'),
  ...pivots('pivots-camarilla', '@debut/indicators', 'r1 r2 r3 r4 r5 s1 s2 s3 s4 s5', 'pp', 'Pivot(camarilla)'),
  ...pivots('pivots-woodie', '@debut/indicators', 'r1 r2 s1 s2', 'pp', 'Pivot(woodie)'),
  ...pivots('pivots-classic', 'finta', 'r1 r2 r3 s1 s2 s3', 'pivot', 'PIVOT'),
  ...pivots('pivots-fibonacci', 'finta', 'r1 r2 r3 s1 s2 s3', 'pivot', 'PIVOT_FIB'),
  ...cases('scipy', [
    ['linreg-channel', 'upper', 'numpy.polyfit(100).upper'],
    ['linreg-channel', 'middle', 'numpy.polyfit(100).middle'],
    ['linreg-channel', 'lower', 'numpy.polyfit(100).lower'],
    ['linreg-channel', 'slope', 'numpy.polyfit(100).slope'],
    ['rci', 'rci', 'scipy.stats.spearmanr(10)'],
    ['median', 'median', 'numpy.median(20)'],
    ['mode', 'mode', 'scipy.stats.mode(20)'],
    ['percentile-linear', 'percentile', 'numpy.percentile(30, 50, hazen)'],
    ['percentile-linear', 'percentile', 'numpy.percentile(20, 85, hazen)', { params: { period: 20, percentile: 85 } }],
    ['percentile', 'percentile', 'numpy.percentile(20, 85, inverted_cdf)', { params: { period: 20, percentile: 85 } }],
    ['percentrank', 'percentrank', 'scipy.stats.percentileofscore(100, weak)'],
    ['range', 'range', 'numpy.ptp(20)'],
    ['zscore', 'zscore', 'scipy.stats.zscore(20)'],
    ['realised-volatility', 'volatility', 'pandas.std(30) of log returns'],
    ['rising', 'rising', 'pandas: above max(3) before'],
    ['falling', 'falling', 'pandas: below min(3) before'],
    ['stddev', 'stddev', 'pandas.std(20)', { params: { period: 20, sample: true } }],
    ['var', 'variance', 'pandas.var(20)', { params: { period: 20, sample: true } }],
    ['all-time-high', 'highest', 'numpy.maximum.accumulate'],
    ['all-time-low', 'lowest', 'numpy.minimum.accumulate'],
  ]),
];
