import { MS_PER_DAY, type Candles } from '@wickworks/core';
import { describe, expect, test } from 'vitest';
import { BY_DEFINITION } from '../../golden/docs.js';
import { readCandles } from '../../golden/talib.js';
import { calculate } from './calculate.js';
import { findIndicator, parseParams } from './registry.js';

/*
 * Indicators that no library at hand gives by our definition, each written out once more the slow and plain way: whole
 * windows summed again for every candle, sessions gathered by calendar date, nothing shared with the kernels.
 */

type Columns = Record<string, number[]>;
type Raw = Readonly<Record<string, unknown>>;
interface Definition {
  readonly id: string;
  readonly params: Raw;
  readonly columns: (candles: Candles) => Columns;
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const sampleVariance = (values: readonly number[]): number => {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
};
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Candle indices of each UTC date, in order. */
function days(candles: Candles): number[][] {
  const byDate = new Map<string, number[]>();
  for (const i of range(0, candles.length)) {
    const date = dateOf(candles.time[i]!);
    byDate.set(date, [...(byDate.get(date) ?? []), i]);
  }
  return [...byDate.values()];
}

/** What `levels` makes of each day, held through the next one. */
function heldThroughNextDay(
  candles: Candles,
  levels: (day: readonly number[], nextOpen: number) => Readonly<Record<string, number>>,
): Columns {
  const columns: Columns = {};
  const all = days(candles);
  all.forEach((day, at) => {
    const before = all[at - 1];
    const nextOpen = candles.open[day[0]!]!;
    const held = before ? levels(before, nextOpen) : {};
    for (const name of Object.keys(levels(day, nextOpen)))
      for (const i of day) (columns[name] ??= [])[i] = held[name] ?? NaN;
  });
  return columns;
}

function jma(candles: Candles, period: number, phase: number, power: number): Columns {
  const x = [...candles.close];
  const beta = (0.45 * (period - 1)) / (0.45 * (period - 1) + 2);
  const alpha = Math.pow(beta, power);
  const e0: number[] = [];
  const e1: number[] = [];
  const e2: number[] = [];
  const out: number[] = [];
  x.forEach((value, i) => {
    e0[i] = i === 0 ? value : (1 - alpha) * value + alpha * e0[i - 1]!;
    e1[i] = i === 0 ? 0 : (1 - beta) * (value - e0[i]) + beta * e1[i - 1]!;
    const distance = i === 0 ? 0 : e0[i] + (phase / 100 + 1.5) * e1[i] - out[i - 1]!;
    e2[i] = i === 0 ? 0 : Math.pow(1 - alpha, 2) * distance + Math.pow(alpha, 2) * e2[i - 1]!;
    out[i] = i === 0 ? value : out[i - 1]! + e2[i];
  });
  return { jma: out };
}

function yangZhang(candles: Candles, period: number, perYear: number): Columns {
  const { open, high, low, close } = candles;
  const volatility = range(0, candles.length).map((i) => {
    if (i < period) return NaN;
    const window = range(i - period + 1, i + 1);
    const overnight = sampleVariance(window.map((k) => Math.log(open[k]!) - Math.log(close[k - 1]!)));
    const body = sampleVariance(window.map((k) => Math.log(close[k]!) - Math.log(open[k]!)));
    const inside = mean(
      window.map((k) => {
        const up = Math.log(high[k]! / open[k]!);
        const down = Math.log(low[k]! / open[k]!);
        const moved = Math.log(close[k]! / open[k]!);
        return up * (up - moved) + down * (down - moved);
      }),
    );
    const k = 0.34 / (1.34 + (period + 1) / (period - 1));
    return 100 * Math.sqrt(perYear * (overnight + k * body + (1 - k) * inside));
  });
  return { volatility };
}

function hurst(candles: Candles, period: number): Columns {
  const out = range(0, candles.length).map((i) => {
    if (i < period) return NaN;
    const changes = range(i - period + 1, i + 1).map((k) => candles.close[k]! - candles.close[k - 1]!);
    const centre = mean(changes);
    const away = [0, ...changes.map((_, k) => changes.slice(0, k + 1).reduce((sum, c) => sum + c - centre, 0))];
    const rescaled = (Math.max(...away) - Math.min(...away)) / Math.sqrt(mean(changes.map((c) => (c - centre) ** 2)));
    return Math.log(rescaled) / Math.log(period);
  });
  return { hurst: out };
}

/** Bricks laid one at a time, each a pair of whole numbers of sizes above the first close. */
function renko(candles: Candles, size: number): Columns {
  const opens: number[] = [];
  const closes: number[] = [];
  const bricks: number[] = [];
  const first = candles.close[0]!;
  let bottom = 0;
  let top = 0;
  let isUp = true;
  range(0, candles.length).forEach((i) => {
    const reach = Number(((candles.close[i]! - first) / size).toFixed(6));
    let laid = 0;
    while (reach >= top + 1) {
      [bottom, top, isUp] = [top, top + 1, true];
      laid++;
    }
    while (reach <= bottom - 1) {
      [bottom, top, isUp] = [bottom - 1, bottom, false];
      laid--;
    }
    opens[i] = first + (isUp ? bottom : top) * size;
    closes[i] = first + (isUp ? top : bottom) * size;
    bricks[i] = laid;
  });
  return { open: opens, close: closes, bricks };
}

/** Floor traders' levels about a pivot. */
function floorLevels(candles: Candles, day: readonly number[], p: number): Record<string, number> {
  const high = Math.max(...day.map((i) => candles.high[i]!));
  const low = Math.min(...day.map((i) => candles.low[i]!));
  return {
    p,
    r1: p * 2 - low,
    s1: p * 2 - high,
    r2: p + (high - low),
    s2: p - (high - low),
    r3: p * 2 + (high - 2 * low),
    s3: p * 2 - (2 * high - low),
    r4: p * 3 + (high - 3 * low),
    s4: p * 3 - (3 * high - low),
    r5: p * 4 + (high - 4 * low),
    s5: p * 4 - (4 * high - low),
  };
}

const classic = (candles: Candles): Columns =>
  heldThroughNextDay(candles, (day) => {
    const high = Math.max(...day.map((i) => candles.high[i]!));
    const low = Math.min(...day.map((i) => candles.low[i]!));
    return floorLevels(candles, day, (high + low + candles.close[day.at(-1)!]!) / 3);
  });

const woodie = (candles: Candles): Columns =>
  heldThroughNextDay(candles, (day, nextOpen) => {
    const high = Math.max(...day.map((i) => candles.high[i]!));
    const low = Math.min(...day.map((i) => candles.low[i]!));
    const { p, r1, r2, r3, s1, s2, s3 } = floorLevels(candles, day, (high + low + 2 * nextOpen) / 4);
    return { p: p!, r1: r1!, r2: r2!, r3: r3!, r4: r3! + high - low, s1: s1!, s2: s2!, s3: s3!, s4: s3! - high + low };
  });

function demark(candles: Candles): Columns {
  return heldThroughNextDay(candles, (day) => {
    const open = candles.open[day[0]!]!;
    const close = candles.close[day.at(-1)!]!;
    const high = Math.max(...day.map((i) => candles.high[i]!));
    const low = Math.min(...day.map((i) => candles.low[i]!));
    const twice = close < open ? low : close > open ? high : close;
    const x = high + low + close + twice;
    return { p: x / 4, r1: x / 2 - low, s1: x / 2 - high };
  });
}

function profile(candles: Candles, rows: number, share: number): Columns {
  return heldThroughNextDay(candles, (day) => {
    const high = Math.max(...day.map((i) => candles.high[i]!));
    const low = Math.min(...day.map((i) => candles.low[i]!));
    const edge = (row: number): number => low + ((high - low) * row) / rows;
    const held = range(0, rows).map((row) =>
      day.reduce((sum, i) => {
        const [top, bottom] = [candles.high[i]!, candles.low[i]!];
        if (top === bottom) {
          const isIn = top >= edge(row) && (top < edge(row + 1) || row === rows - 1);
          return sum + (isIn ? candles.volume[i]! : 0);
        }
        const inside = Math.min(top, edge(row + 1)) - Math.max(bottom, edge(row));
        return sum + (candles.volume[i]! * Math.max(0, inside)) / (top - bottom);
      }, 0),
    );
    const control = held.indexOf(Math.max(...held));
    const total = held.reduce((sum, value) => sum + value, 0);
    let [from, to] = [control, control + 1];
    while (held.slice(from, to).reduce((sum, value) => sum + value, 0) < share * total && to - from < rows)
      if (from === 0 || (to < rows && held[to]! >= held[from - 1]!)) to++;
      else from--;
    return { poc: (edge(control) + edge(control + 1)) / 2, high: edge(to), low: edge(from) };
  });
}

/** Looks at all candles since the last confirmed pivot again for every candle. */
function zigzag(candles: Candles, percent: number): Columns {
  const share = percent / 100;
  const pivots: number[] = [];
  const ages: number[] = [];
  const directions: number[] = [];
  let since = 0;
  let direction = 0;
  for (const i of range(0, candles.length)) {
    const window = range(since, i + 1);
    const top = Math.max(...window.map((k) => candles.high[k]!));
    const bottom = Math.min(...window.map((k) => candles.low[k]!));
    const topAt = window.find((k) => candles.high[k] === top)!;
    const bottomAt = window.find((k) => candles.low[k] === bottom)!;
    const isTop = direction >= 0 && topAt < i && candles.low[i]! <= top * (1 - share);
    const isBottom = !isTop && direction <= 0 && bottomAt < i && candles.high[i]! >= bottom * (1 + share);
    pivots[i] = isTop ? top : isBottom ? bottom : NaN;
    ages[i] = isTop ? i - topAt : isBottom ? i - bottomAt : NaN;
    if (isTop || isBottom) [direction, since] = [isTop ? -1 : 1, i];
    directions[i] = direction;
  }
  return { pivot: pivots, age: ages, direction: directions };
}

/** Volume-weighted mean and deviation of every candle from the start of its stretch on. */
function vwap(candles: Candles, multiple: number, startOf: (i: number) => number): Columns {
  const upper: number[] = [];
  const centres: number[] = [];
  const lower: number[] = [];
  for (const i of range(0, candles.length)) {
    const start = startOf(i);
    const stretch = range(start, i + 1);
    const price = (k: number): number => (candles.high[k]! + candles.low[k]! + candles.close[k]!) / 3;
    const traded = stretch.reduce((sum, k) => sum + candles.volume[k]!, 0);
    const centre = stretch.reduce((sum, k) => sum + price(k) * candles.volume[k]!, 0) / traded;
    const spread = stretch.reduce((sum, k) => sum + (price(k) - centre) ** 2 * candles.volume[k]!, 0) / traded;
    const hidden = start < 0;
    centres[i] = hidden ? NaN : centre;
    upper[i] = hidden ? NaN : centre + multiple * Math.sqrt(spread);
    lower[i] = hidden ? NaN : centre - multiple * Math.sqrt(spread);
  }
  return { upper, vwap: centres, lower };
}

const DEFINITIONS: readonly Definition[] = [
  { id: 'jma', params: {}, columns: (candles) => jma(candles, 7, 50, 2) },
  { id: 'jma', params: { period: 14, phase: -100, power: 1 }, columns: (candles) => jma(candles, 14, -100, 1) },
  { id: 'yang-zhang', params: {}, columns: (candles) => yangZhang(candles, 30, 365) },
  { id: 'hurst', params: {}, columns: (candles) => hurst(candles, 100) },
  { id: 'hurst', params: { period: 30 }, columns: (candles) => hurst(candles, 30) },
  { id: 'renko', params: { size: 100 }, columns: (candles) => renko(candles, 100) },
  { id: 'renko', params: { size: 0.02 }, columns: (candles) => renko(candles, 0.02) },
  { id: 'pivots-demark', params: {}, columns: demark },
  { id: 'pivots-classic', params: {}, columns: classic },
  { id: 'pivots-woodie', params: {}, columns: woodie },
  { id: 'session-volume-profile', params: {}, columns: (candles) => profile(candles, 50, 0.7) },
  { id: 'session-volume-profile', params: { rows: 7, share: 40 }, columns: (candles) => profile(candles, 7, 0.4) },
  { id: 'zigzag', params: {}, columns: (candles) => zigzag(candles, 5) },
  { id: 'zigzag', params: { percent: 0.5 }, columns: (candles) => zigzag(candles, 0.5) },
  {
    id: 'vwap',
    params: { multiple: 2 },
    columns: (candles) =>
      vwap(
        candles,
        2,
        (i) => i - range(0, i).filter((k) => dateOf(candles.time[k]!) === dateOf(candles.time[i]!)).length,
      ),
  },
];

describe.each(['btcusdt-1h', 'avaxusdt-1m'])('by definition over %s', (market) => {
  const candles = readCandles(market);
  test.each(DEFINITIONS)('$id $params', ({ id, params, columns }) => {
    compare(id, params, candles, columns(candles));
  });

  test('vwap-anchored bands', () => {
    const anchor = 100;
    const want = vwap(candles, 1, (i) => (i < anchor ? -1 : anchor));
    compare('vwap-anchored', { anchorMs: candles.time[anchor] }, candles, want);
  });
});

function compare(id: string, raw: Raw, candles: Candles, want: Columns): void {
  const definition = findIndicator(id)!;
  const params = parseParams(definition, raw);
  if (!params.ok) throw new Error(JSON.stringify(params.error));
  const got = calculate(definition, params.value, candles);
  expect(Object.keys(want).sort()).toEqual(Object.keys(got).sort());
  for (const [name, column] of Object.entries(want)) {
    const scale = Math.max(...column.map((value) => (Number.isNaN(value) ? 0 : Math.abs(value))));
    column.forEach((value, i) => {
      const ours = got[name]![i]!;
      const same = Number.isNaN(value)
        ? Number.isNaN(ours)
        : Math.abs(ours - value) <= 1e-9 * Math.max(Math.abs(value), 0.01 * scale);
      if (!same) expect.fail(`${id}.${name}[${String(i)}] = ${String(ours)}, by definition ${String(value)}`);
    });
  }
}

test('the markets hold several days, or sessions would not be tried', () => {
  const { time, length } = readCandles('btcusdt-1h');
  expect(time[length - 1]! - time[0]!).toBeGreaterThan(20 * MS_PER_DAY);
});

test('the page names as held by definition exactly what is held here', () => {
  expect([...new Set([...DEFINITIONS.map(({ id }) => id), 'vwap-anchored'])].sort()).toEqual([...BY_DEFINITION].sort());
});
