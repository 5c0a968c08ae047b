import type { CandleColumns } from '@wickworks/core';
import { firstMark, MARKER_SHAPES, type MarkersPlot, type ToldMark } from '../plot-series.js';

const DOT = MARKER_SHAPES.indexOf('dot');
const UP = MARKER_SHAPES.indexOf('arrow-up');
const DOWN = MARKER_SHAPES.indexOf('arrow-down');

/** How a column of values becomes marks. */
interface MarkerRule {
  /** Values are verdicts (above 0 bullish, below bearish, 0 none) marked at the candle, not prices. */
  readonly signed: boolean;
  /** Candles by which the mark at `index` stands further left, which may differ from mark to mark. */
  readonly back: (index: number) => number;
}

/** The marks of one output, grown and taken back with the candles. */
export class MarkerColumn implements MarkersPlot {
  readonly kind = 'markers';
  version = 0;
  length = 0;
  times = new Float64Array(16);
  values = new Float64Array(16);
  shapes = new Uint8Array(16);
  /** The candle that gave each mark. */
  #sources: number[] = [];
  /** Of a verdict its strength as the indicator gives it, e.g. −100; 0 for a price. */
  #verdicts = new Float64Array(16);

  constructor(
    readonly id: string,
    readonly label: string,
    readonly pane: string,
    readonly group: string,
    readonly color: string,
    readonly negativeColor: string,
  ) {}

  /** The price of the candle's mark, or which way its verdict points and its strength; a dash where there is no mark. */
  told(openTimeMs: number, price: (value: number) => string): ToldMark {
    const mark = firstMark(this, openTimeMs);
    if (mark >= this.length || this.times[mark] !== openTimeMs) return { value: '–', color: this.color };
    const verdict = this.#verdicts[mark]!;
    if (verdict > 0) return { value: `▲ +${verdict}`, color: this.color };
    if (verdict < 0) return { value: `▼ −${-verdict}`, color: this.negativeColor };
    return { value: price(this.values[mark]!), color: this.color };
  }

  /** Brings the marks of candles from `from` on up to date. */
  sync(column: Float64Array, candles: CandleColumns, from: number, rule: MarkerRule): void {
    while (this.length > 0 && this.#sources[this.length - 1]! >= from) this.length--;
    this.#sources.length = this.length;
    for (let index = from; index < candles.length; index++) {
      const value = column[index]!;
      if (Number.isNaN(value) || (rule.signed && value === 0)) continue;
      const at = index - rule.back(index);
      if (!(at >= 0)) continue;
      const price = rule.signed ? (value > 0 ? candles.low : candles.high)[at]! : value;
      const shape = rule.signed ? (value > 0 ? UP : DOWN) : DOT;
      this.#push({ source: index, timeMs: candles.time[at]!, price, shape, verdict: rule.signed ? value : 0 });
    }
    this.version++;
  }

  #push(mark: { source: number; timeMs: number; price: number; shape: number; verdict: number }): void {
    if (this.length === this.times.length) {
      this.times = widened(this.times);
      this.values = widened(this.values);
      this.#verdicts = widened(this.#verdicts);
      const shapes = new Uint8Array(this.length * 2);
      shapes.set(this.shapes);
      this.shapes = shapes;
    }
    this.times[this.length] = mark.timeMs;
    this.values[this.length] = mark.price;
    this.shapes[this.length] = mark.shape;
    this.#verdicts[this.length] = mark.verdict;
    this.#sources.push(mark.source);
    this.length++;
  }
}

function widened(column: Float64Array): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(column.length * 2);
  wider.set(column);
  return wider;
}
