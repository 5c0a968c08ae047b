import type { Graph, Series } from '../../kernel/graph.js';
import { windowSum } from '../../kernel/window-sum.js';

type Measure = 'body' | 'range' | 'shadows';

interface Setting {
  readonly measure: Measure;
  /** Candles before the judged one that are averaged; 0 judges the candle by itself. */
  readonly period: number;
  readonly factor: number;
}

/** What counts as long, short, doji, near …: TA-Lib's default candle settings. */
export const SETTINGS = {
  bodyLong: { measure: 'body', period: 10, factor: 1 },
  bodyShort: { measure: 'body', period: 10, factor: 1 },
  bodyDoji: { measure: 'range', period: 10, factor: 0.1 },
  shadowLong: { measure: 'body', period: 0, factor: 1 },
  shadowVeryLong: { measure: 'body', period: 0, factor: 2 },
  shadowShort: { measure: 'shadows', period: 10, factor: 1 },
  shadowVeryShort: { measure: 'range', period: 10, factor: 0.1 },
  near: { measure: 'range', period: 5, factor: 0.2 },
  far: { measure: 'range', period: 5, factor: 0.6 },
  equal: { measure: 'range', period: 5, factor: 0.05 },
} as const satisfies Readonly<Record<string, Setting>>;
export type SettingName = keyof typeof SETTINGS;

/** The candles around {@link index}, by age: 0 is the judged candle, 1 the one before. Prices in quote. */
export class Shapes {
  /** Index of the judged candle; set by whoever walks the candles. */
  index = 0;
  readonly #open: Series;
  readonly #high: Series;
  readonly #low: Series;
  readonly #close: Series;
  readonly #limits = new Map<SettingName, Series>();

  /** `needed`: the settings the pattern will ask for. */
  constructor(g: Graph, needed: readonly SettingName[]) {
    this.#open = g.open;
    this.#high = g.high;
    this.#low = g.low;
    this.#close = g.close;
    for (const name of needed) this.#limits.set(name, limit(g, SETTINGS[name]));
  }

  open(age: number): number {
    return this.#open.values[this.index - age]!;
  }
  high(age: number): number {
    return this.#high.values[this.index - age]!;
  }
  low(age: number): number {
    return this.#low.values[this.index - age]!;
  }
  close(age: number): number {
    return this.#close.values[this.index - age]!;
  }
  /** Upper end of the body. */
  top(age: number): number {
    return Math.max(this.open(age), this.close(age));
  }
  /** Lower end of the body. */
  bottom(age: number): number {
    return Math.min(this.open(age), this.close(age));
  }
  body(age: number): number {
    return Math.abs(this.close(age) - this.open(age));
  }
  upperShadow(age: number): number {
    return this.high(age) - this.top(age);
  }
  lowerShadow(age: number): number {
    return this.bottom(age) - this.low(age);
  }
  range(age: number): number {
    return this.high(age) - this.low(age);
  }
  /** 1 for a candle that closed at or above its open, else −1. */
  colour(age: number): 1 | -1 {
    return this.close(age) >= this.open(age) ? 1 : -1;
  }
  /** Whether the body of candle `age` lies wholly above that of candle `before`. */
  gapUp(age: number, before: number): boolean {
    return this.bottom(age) > this.top(before);
  }
  /** Whether the body of candle `age` lies wholly below that of candle `before`. */
  gapDown(age: number, before: number): boolean {
    return this.top(age) < this.bottom(before);
  }
  /** Whether candle `age` lies wholly above candle `before`, shadows included. */
  clearGapUp(age: number, before: number): boolean {
    return this.low(age) > this.high(before);
  }
  /** Whether candle `age` lies wholly below candle `before`, shadows included. */
  clearGapDown(age: number, before: number): boolean {
    return this.high(age) < this.low(before);
  }
  /** The length that `setting` means for candle `age`. */
  limit(setting: SettingName, age: number): number {
    return this.#limits.get(setting)!.values[this.index - age]!;
  }
}

/** Length a setting stands for at each candle: the average of the `period` candles before it, times the factor. */
function limit(g: Graph, { measure, period, factor }: Setting): Series {
  const { open, high, low, close } = g;
  const length = g.derive(0, (from, to, out) => {
    const opens = open.values;
    const highs = high.values;
    const lows = low.values;
    const closes = close.values;
    for (let i = from; i < to; i++) {
      const body = Math.abs(closes[i]! - opens[i]!);
      const range = highs[i]! - lows[i]!;
      out[i] = measure === 'body' ? body : measure === 'range' ? range : (range - body) / 2;
    }
  });
  if (period === 0) {
    return g.derive(0, (from, to, out) => {
      for (let i = from; i < to; i++) out[i] = factor * length.values[i]!;
    });
  }
  const mean = windowSum(g, length, period, period);
  return g.derive(period, (from, to, out) => {
    for (let i = from; i < to; i++) out[i] = factor * mean.values[i - 1]!;
  });
}
