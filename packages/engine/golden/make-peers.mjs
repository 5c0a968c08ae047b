// Writes peers-npm-*.json.gz: what JavaScript libraries and a Pine runtime give for the candles beside it.
//
//   cd $(mktemp -d) && npm i --ignore-scripts pinets@0.9.34 trading-signals@8.3.0 lightweight-charts-indicators@0.4.2 \
//     oakscriptjs@0.2.8 @railpath/finance-toolkit@0.5.4 @debut/indicators@1.4.2
//   node <this file> <folder of node_modules> <this folder>
//
// pinets (AGPL-3.0) and @debut/indicators (GPL-3.0) only run here, to make numbers; the others are MIT. Of every output
// the first values, then every 9th and the last are kept; of rare marks every one.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const [modules, folder] = process.argv.slice(2);
const load = (file) => import(pathToFileURL(`${modules}/node_modules/${file}`));
const { PineTS } = await load('pinets/dist/pinets.min.cjs');
const signals = await load('trading-signals/dist/index.js');
const charts = await load('lightweight-charts-indicators/dist/index.mjs');
const toolkit = await load(entryOf('@railpath/finance-toolkit'));
const { Pivot } = await load(entryOf('@debut/indicators'));
const DAY_MS = 86_400_000;
const COUNT = 600;

const MARKETS = {
  'btcusdt-1h': { timeframe: '60', stepMs: 3_600_000 },
  'avaxusdt-1m': { timeframe: '1', stepMs: 60_000 },
};

/** What a CommonJS package names as its main file. */
function entryOf(name) {
  return `${name}/${manifest(name).main}`;
}

function manifest(name) {
  return JSON.parse(readFileSync(`${modules}/node_modules/${name}/package.json`, 'utf8'));
}

/** Keeps a run of finite values, or single ones when they are rare. */
function keep(values) {
  const numbers = values.map((v) => (typeof v === 'number' && Number.isFinite(v) ? Number(v.toPrecision(14)) : null));
  const begin = numbers.findIndex((v) => v !== null);
  if (begin < 0) return { begin: values.length, index: [], values: [] };
  const found = numbers.filter((v) => v !== null).length;
  const index = [];
  for (let i = begin; i < numbers.length; i++)
    if (found * 4 < numbers.length ? numbers[i] !== null : i < begin + 24 || i % 9 === 0 || i === numbers.length - 1)
      index.push(i);
  return { begin, index, values: index.map((i) => numbers[i]) };
}

/** Pine's built-ins as a script; every plot is one column. The runtime rounds to ten decimals. */
const PINE = {
  'ta.alma(close, 9, 0.85, 6)': 'ta.alma(close, 9, 0.85, 6)',
  'ta.alma(close, 20, 0.5, 3)': 'ta.alma(close, 20, 0.5, 3)',
  'ta.swma(close)': 'ta.swma(close)',
  'ta.cog(close, 10)': 'ta.cog(close, 10)',
  'ta.bbw(close, 20, 2)': 'ta.bbw(close, 20, 2)',
  'ta.kc(close, 20, 1.5).upper': 'kcUpper',
  'ta.kc(close, 20, 1.5).middle': 'kcMiddle',
  'ta.kc(close, 20, 1.5).lower': 'kcLower',
  'ta.kc(close, 20, 1.5, false).upper': 'kcRange',
  'ta.kcw(close, 20, 1.5)': 'ta.kcw(close, 20, 1.5)',
  'ta.dmi(14, 14).plus': 'diPlus',
  'ta.dmi(14, 14).minus': 'diMinus',
  'ta.dmi(14, 14).adx': 'diAdx',
  'ta.wvad': 'ta.wvad',
  'ta.vwap(hlc3)': 'ta.vwap(hlc3)',
  'ta.median(close, 20)': 'ta.median(close, 20)',
  'ta.median(close, 9)': 'ta.median(close, 9)',
  'ta.mode(close, 20)': 'ta.mode(close, 20)',
  'ta.percentile_linear_interpolation(close, 30, 50)': 'ta.percentile_linear_interpolation(close, 30, 50)',
  'ta.percentile_linear_interpolation(close, 20, 85)': 'ta.percentile_linear_interpolation(close, 20, 85)',
  'ta.percentile_nearest_rank(close, 20, 85)': 'ta.percentile_nearest_rank(close, 20, 85)',
  'ta.percentrank(close, 100)': 'ta.percentrank(close, 100)',
  'ta.linreg(close, 14, 3)': 'ta.linreg(close, 14, 3)',
  'ta.range(close, 20)': 'ta.range(close, 20)',
  'ta.max(high)': 'ta.max(high)',
  'ta.min(low)': 'ta.min(low)',
  'ta.barssince(close > open)': 'ta.barssince(close > open)',
  'ta.valuewhen(close > open, close, 0)': 'ta.valuewhen(close > open, close, 0)',
  'ta.valuewhen(close > open, close, 2)': 'ta.valuewhen(close > open, close, 2)',
  'ta.cross(close, hl2)': 'isCross ? 1 : 0',
  'ta.crossover(close, hl2)': 'isOver ? 1 : 0',
  'ta.crossunder(close, hl2)': 'isUnder ? 1 : 0',
  'ta.highestbars(high, 14)': 'ta.highestbars(high, 14)',
  'ta.lowestbars(low, 14)': 'ta.lowestbars(low, 14)',
  'ta.pivothigh(high, 5, 5)': 'ta.pivothigh(high, 5, 5)',
  'ta.pivothigh(high, 3, 2)': 'ta.pivothigh(high, 3, 2)',
  'ta.pivotlow(low, 5, 5)': 'ta.pivotlow(low, 5, 5)',
  'ta.pivotlow(low, 3, 2)': 'ta.pivotlow(low, 3, 2)',
};
const HEAD = `//@version=6
indicator("columns")
[kcMiddle, kcUpper, kcLower] = ta.kc(close, 20, 1.5)
[m2, kcRange, l2] = ta.kc(close, 20, 1.5, false)
[diPlus, diMinus, diAdx] = ta.dmi(14, 14)
isCross = ta.cross(close, hl2)
isOver = ta.crossover(close, hl2)
isUnder = ta.crossunder(close, hl2)
`;

/** Values too small for ten decimals: run over smaller volumes. */
const PINE_SMALL = { 'ta.iii of volume / 1e8': 'ta.iii' };

async function pineColumns(rows, { timeframe, stepMs }) {
  const data = rows.map(([time, open, high, low, close, volume]) => ({
    openTime: time,
    open,
    high,
    low,
    close,
    volume,
    closeTime: time + stepMs - 1,
  }));
  const run = async (plots, candles) => {
    const names = Object.keys(plots);
    const script = HEAD + names.map((name, k) => `plot(${plots[name]}, "c${k}")`).join('\n') + '\n';
    const context = await new PineTS(candles, 'TEST', timeframe).run(script);
    return Object.fromEntries(names.map((name, k) => [name, context.plots[`c${k}`].data.map(({ value }) => value)]));
  };
  const thin = data.map((candle) => ({ ...candle, volume: candle.volume / 1e8 }));
  return { ...(await run(PINE, data)), ...(await run(PINE_SMALL, thin)) };
}

function signalColumns(rows) {
  const candles = rows.map(([openTimeInMillis, open, high, low, close, volume]) => ({
    openTimeInMillis,
    open,
    high,
    low,
    close,
    volume,
  }));
  const of = (indicator, feed = (candle) => candle, pick = (value) => value) =>
    candles.map((candle) => {
      const value = indicator.add(feed(candle));
      return value === null || value === undefined ? null : pick(value);
    });
  const close = (candle) => candle.close;
  const S = signals;
  return {
    'VIDYA(9)': of(new S.VIDYA(9), close),
    'ChandeKrollStop(10, 1, 9).longStop': of(new S.ChandeKrollStop(), undefined, (v) => v.longStop),
    'ChandeKrollStop(10, 1, 9).shortStop': of(new S.ChandeKrollStop(), undefined, (v) => v.shortStop),
    'ChandelierExit(22, 3).long': of(new S.ChandelierExit(), undefined, (v) => v.long),
    'ChandelierExit(22, 3).short': of(new S.ChandelierExit(), undefined, (v) => v.short),
    'FisherTransform(9)': of(new S.FisherTransform(9)),
    'KST()': of(new S.KST(), close),
    'QQE(14, 5, 4.236).rsiMa': of(new S.QQE(), close, (v) => v.rsiMa),
    'QQE(14, 5, 4.236).trailingStop': of(new S.QQE(), close, (v) => v.trailingStop),
    'RelativeVigorIndex(10).rvgi': of(new S.RelativeVigorIndex(10), undefined, (v) => v.rvgi),
    'RelativeVigorIndex(10).signal': of(new S.RelativeVigorIndex(10), undefined, (v) => v.signal),
    'TTMSqueeze(20).momentum': of(new S.TTMSqueeze(), undefined, (v) => v.momentum),
    'WaveTrend(10, 21, 4).wt1': of(new S.WaveTrend(), undefined, (v) => v.wt1),
    'WaveTrend(10, 21, 4).wt2': of(new S.WaveTrend(), undefined, (v) => v.wt2),
    'RogersSatchellVolatility(30)': of(new S.RogersSatchellVolatility(30)),
    'EMV(14, 10000)': of(new S.EMV(14, 10000)),
    'SwingHigh(5)': of(new S.SwingHigh({ lookback: 5 })),
    'SwingLow(5)': of(new S.SwingLow({ lookback: 5 })),
    'PercentB(20, 2)': of(new S.PercentB(), close),
    'BollingerBandsWidth(20, 2)': of(new S.BollingerBandsWidth(new S.BollingerBands(20, 2)), close),
    'KeltnerChannels(20, 10, 2).upper': of(new S.KeltnerChannels(), undefined, (v) => v.upper),
    'KeltnerChannels(20, 10, 2).lower': of(new S.KeltnerChannels(), undefined, (v) => v.lower),
    'CHOP(14)': of(new S.CHOP(14)),
    'IchimokuCloud(9, 26, 52).conversion': of(new S.IchimokuCloud(), undefined, (v) => v.conversion),
    'IchimokuCloud(9, 26, 52).base': of(new S.IchimokuCloud(), undefined, (v) => v.base),
    'IchimokuCloud(9, 26, 52).spanA': of(new S.IchimokuCloud(), undefined, (v) => v.spanA),
    'IchimokuCloud(9, 26, 52).spanB': of(new S.IchimokuCloud(), undefined, (v) => v.spanB),
    'SwingHigh(2)': of(new S.SwingHigh({ lookback: 2 })),
    'SwingLow(2)': of(new S.SwingLow({ lookback: 2 })),
  };
}

const CHARTS = {
  'ALMA(9, 0.85, 6)': ['ALMA', { windowSize: 9, offset: 0.85, sigma: 6 }],
  'McGinleyDynamic(14)': ['McGinleyDynamic', { length: 14 }],
  'Envelope(20, 2.5)': ['Envelope', { length: 20, percent: 2.5 }],
  'Envelope(20, 2.5, exponential)': ['Envelope', { length: 20, percent: 2.5, exponential: true }],
  'KeltnerChannels(20, 2, hlc3, 10)': [
    'KeltnerChannels',
    { length: 20, mult: 2, src: 'hlc3', useEMA: true, bandsStyle: 'Average True Range', atrLength: 10 },
  ],
  'BBPercentB(20, 2)': ['BBPercentB', { length: 20, mult: 2 }],
  'ConnorsRSI(3, 2, 100)': ['ConnorsRSI', {}],
  'FisherTransform(9)': ['FisherTransform', { length: 9 }],
  'KnowSureThing()': ['KnowSureThing', {}],
  'ChandeKrollStop(10, 1, 9)': ['ChandeKrollStop', { atrLength: 10, atrCoeff: 1, stopLength: 9 }],
  'Choppiness(14)': ['Choppiness', { length: 14 }],
  'IchimokuCloud()': ['IchimokuCloud', {}],
  'EaseOfMovement(14, 10000)': ['EaseOfMovement', { length: 14, divisor: 10000 }],
  'KDJ(9, 3)': ['KDJ', { period: 9, signal: 3 }],
  'SchaffTrendCycle(10, 23, 50)': ['SchaffTrendCycle', { length: 10, fastLength: 23, slowLength: 50, factor: 0.5 }],
  'WaveTrend(10, 21)': ['WaveTrend', { channelLength: 10, averageLength: 21 }],
  'SqueezeMomentum(20)': [
    'SqueezeMomentum',
    { bbLength: 20, bbMult: 2, kcLength: 20, kcMult: 1.5, useTrueRange: true },
  ],
};

const CHART_PLOTS = {
  'Envelope(20, 2.5, exponential)': ['plot1'],
  'KeltnerChannels(20, 2, hlc3, 10)': ['plot0', 'plot2'],
  'IchimokuCloud()': ['plot0', 'plot1'],
  'SchaffTrendCycle(10, 23, 50)': ['plot0'],
  'WaveTrend(10, 21)': ['plot0', 'plot1'],
  'SqueezeMomentum(20)': ['plot0'],
};

function chartColumns(rows) {
  const bars = rows.map(([time, open, high, low, close, volume]) => ({
    time: time / 1000,
    open,
    high,
    low,
    close,
    volume,
  }));
  const columns = {};
  for (const [name, [id, inputs]] of Object.entries(CHARTS)) {
    const result = charts[id].calculate(bars, inputs);
    for (const [plot, data] of Object.entries(result.plots ?? {})) {
      if (!Array.isArray(data) || data.length === 0) continue;
      const byTime = new Map(data.map(({ time, value }) => [time, value]));
      if (CHART_PLOTS[name]?.includes(plot) ?? true)
        columns[`${name}.${plot}`] = bars.map(({ time }) => byTime.get(time) ?? null);
    }
  }
  return columns;
}

/** Estimators of @railpath/finance-toolkit over rolling windows, as percent a year of 365 candles. */
function volatilityColumns(rows) {
  const rolling = (estimate) =>
    rows.map((_, i) => (i < 29 ? null : 100 * Math.sqrt(365) * estimate(rows.slice(i - 29, i + 1))));
  const part = (window, place) => window.map((row) => row[place]);
  return {
    'Parkinson(30)': rolling((w) => toolkit.calculateParkinsonVolatility(part(w, 2), part(w, 3))),
    'GarmanKlass(30)': rolling((w) =>
      toolkit.calculateGarmanKlassVolatility(part(w, 1), part(w, 2), part(w, 3), part(w, 4)),
    ),
  };
}

/** Pivot points of @debut/indicators from whole UTC days, given to the candles of the next one. */
function pivotColumns(rows) {
  const sessions = new Map();
  for (const [time, , high, low, close] of rows) {
    const key = Math.floor(time / DAY_MS);
    const known = sessions.get(key) ?? { high, low, close };
    sessions.set(key, { high: Math.max(known.high, high), low: Math.min(known.low, low), close });
  }
  const columns = {};
  const opens = new Map();
  for (const [time, open] of rows)
    if (!opens.has(Math.floor(time / DAY_MS))) opens.set(Math.floor(time / DAY_MS), open);
  for (const mode of ['classic', 'camarilla', 'woodie', 'fibonacci'])
    rows.forEach(([time], i) => {
      const key = Math.floor(time / DAY_MS);
      const last = sessions.get(key - 1);
      // It weighs the close twice where Woodie takes the new session's open: it is given that.
      const levels =
        last && new Pivot(mode).nextValue(last.high, last.low, mode === 'woodie' ? opens.get(key) : last.close);
      for (const level of ['pp', 'r1', 'r2', 'r3', 'r4', 'r5', 's1', 's2', 's3', 's4', 's5'])
        (columns[`Pivot(${mode}).${level}`] ??= rows.map(() => null))[i] = levels?.[level] ?? null;
    });
  return Object.fromEntries(Object.entries(columns).filter(([, values]) => values.some((v) => v !== null)));
}

const version = (name) => manifest(name).version;
for (const [market, shape] of Object.entries(MARKETS)) {
  const text = gunzipSync(readFileSync(`${folder}/candles-${market}.csv.gz`)).toString();
  const rows = text
    .trim()
    .split('\n')
    .slice(1, COUNT + 1)
    .map((row) => row.split(',').map(Number));
  const libraries = {
    [`PineTS ${version('pinets')}`]: await pineColumns(rows, shape),
    [`trading-signals ${version('trading-signals')}`]: signalColumns(rows),
    [`@railpath/finance-toolkit ${version('@railpath/finance-toolkit')}`]: volatilityColumns(rows),
    [`@debut/indicators ${version('@debut/indicators')}`]: pivotColumns(rows),
    [`lightweight-charts-indicators ${version('lightweight-charts-indicators')}`]: chartColumns(rows),
  };
  const document = {
    candles: COUNT,
    libraries: Object.fromEntries(
      Object.entries(libraries).map(([name, columns]) => [
        name,
        Object.fromEntries(
          Object.entries(columns)
            .map(([k, v]) => [k, keep(v)])
            .filter(([, v]) => v.index.length > 0),
        ),
      ]),
    ),
  };
  writeFileSync(`${folder}/peers-npm-${market}.json.gz`, gzipSync(JSON.stringify(document), { level: 9 }));
}
