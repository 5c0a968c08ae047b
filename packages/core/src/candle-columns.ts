import { assert } from './assert.js';
import type { CandleRow } from './candle.js';
import { closeTimeOf, type Timeframe } from './timeframe.js';

/** Read-only view of candles as columns; index `0..length-1`, ascending open time, buffers may be longer. */
export interface CandleColumns {
  readonly length: number;
  /** Open times, ms UTC. */
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Base units. */
  readonly volume: Float64Array;
}

const COLUMN_NAMES = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

/** Shared by columns that are about to be replaced; nothing can be written to it. */
const NOTHING = new Float64Array(0);

/** Growable candle columns: one `Float64Array` each, doubling as they fill. */
export class Candles implements CandleColumns {
  time: Float64Array;
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  volume: Float64Array;
  #length = 0;
  #revision = 0;

  /** `capacity` candles fit before the first growth. */
  constructor(capacity = 64) {
    const column = (): Float64Array => (capacity > 0 ? new Float64Array(capacity) : NOTHING);
    this.time = column();
    this.open = column();
    this.high = column();
    this.low = column();
    this.close = column();
    this.volume = column();
  }

  /** Columns holding `rows` in their order. */
  static fromRows(rows: readonly CandleRow[]): Candles {
    const candles = new Candles(rows.length);
    for (const row of rows) candles.push(row);
    return candles;
  }

  /** Wraps existing columns without copying; all six must be equally long. */
  static wrap(columns: Omit<CandleColumns, 'length'>, length = columns.time.length): Candles {
    const candles = new Candles(0);
    const short = COLUMN_NAMES.find((name) => columns[name].length < length);
    assert(short === undefined, 'every column holds a value for each candle');
    candles.time = columns.time;
    candles.open = columns.open;
    candles.high = columns.high;
    candles.low = columns.low;
    candles.close = columns.close;
    candles.volume = columns.volume;
    candles.#length = length;
    return candles;
  }

  get length(): number {
    return this.#length;
  }

  /**
   * Rises when a candle that was there already is replaced or goes: as long as it stays the same, candles are only
   * appended, and what was found out about the first of them still holds.
   */
  get revision(): number {
    return this.#revision;
  }

  /** Appends a candle; its open time must lie after the last one. */
  push(row: CandleRow): void {
    assert(this.#length === 0 || row[0] > this.time[this.#length - 1]!, 'open times rise');
    if (this.#length === this.time.length) this.#grow();
    this.#write(this.#length++, row);
  }

  /** Replaces the candle at `index`, which keeps its open time. */
  set(index: number, row: CandleRow): void {
    assert(index >= 0 && index < this.#length && this.time[index] === row[0], 'candle at index has this open time');
    this.#revision++;
    this.#write(index, row);
  }

  /** The candle at `index` as a row; negative counts from the end; `undefined` outside. */
  at(index: number): CandleRow | undefined {
    const i = index < 0 ? this.#length + index : index;
    if (i < 0 || i >= this.#length) return undefined;
    return rowAt(this, i);
  }

  /** Forgets the oldest `count` candles. */
  dropFirst(count: number): void {
    const kept = this.#length - count;
    assert(count >= 0 && kept >= 0, 'cannot drop more than held');
    this.#revision++;
    for (const name of COLUMN_NAMES) this[name].copyWithin(0, count, this.#length);
    this.#length = kept;
  }

  /** Forgets everything from `length` on. */
  truncate(length: number): void {
    assert(length >= 0 && length <= this.#length, 'can only shorten');
    this.#revision++;
    this.#length = length;
  }

  #grow(): void {
    for (const name of COLUMN_NAMES) {
      const wider = new Float64Array(Math.max(16, this[name].length * 2));
      wider.set(this[name]);
      this[name] = wider;
    }
  }

  #write(index: number, row: CandleRow): void {
    this.time[index] = row[0];
    this.open[index] = row[1];
    this.high[index] = row[2];
    this.low[index] = row[3];
    this.close[index] = row[4];
    this.volume[index] = row[5];
  }
}

/** The candle at `index` (`0..length-1`) as a row. */
export const rowAt = (candles: CandleColumns, index: number): CandleRow => [
  candles.time[index]!,
  candles.open[index]!,
  candles.high[index]!,
  candles.low[index]!,
  candles.close[index]!,
  candles.volume[index]!,
];

/** Rows `[from, to)` of `candles`. */
export function toRows(candles: CandleColumns, from = 0, to = candles.length): CandleRow[] {
  const rows: CandleRow[] = [];
  for (let index = Math.max(0, from); index < Math.min(to, candles.length); index++) rows.push(rowAt(candles, index));
  return rows;
}

/**
 * Index of the first row at or after `timeMs`, such as the candle that opens then; `length` when there is none. Times
 * ascend and may repeat. O(log n).
 */
export function lowerBound({ time, length }: Pick<CandleColumns, 'time' | 'length'>, timeMs: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle]! < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `[fromMs, toMs)`, ms UTC. */
export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** From the open of the first to the close of the last of some candles, ms UTC. */
export function timeSpanOf({ time, length }: CandleColumns, timeframe: Timeframe): TimeSpan {
  assert(length > 0, 'there are candles');
  return { fromMs: time[0]!, toMs: closeTimeOf(timeframe, time[length - 1]!) };
}

/** From the earliest beginning to the latest end. */
export const spanOfAll = (spans: readonly TimeSpan[]): TimeSpan => ({
  fromMs: Math.min(...spans.map(({ fromMs }) => fromMs)),
  toMs: Math.max(...spans.map(({ toMs }) => toMs)),
});

/** A copy of candles `[from, to)` in buffers exactly that long. */
export function copyColumns(candles: CandleColumns, from = 0, to = candles.length): Candles {
  return Candles.wrap({
    time: candles.time.slice(from, to),
    open: candles.open.slice(from, to),
    high: candles.high.slice(from, to),
    low: candles.low.slice(from, to),
    close: candles.close.slice(from, to),
    volume: candles.volume.slice(from, to),
  });
}
