import { assert, type CandleColumns } from '@wickworks/core';
import { FRESH, type ColumnSource } from '../../market/run-memory.js';
import type { IndexList } from './index-list.js';

/** What an indicator may read as its price: a candle column or a mean of some. */
export const SOURCES = ['open', 'high', 'low', 'close', 'volume', 'hl2', 'hlc3', 'ohlc4', 'hlcc4'] as const;
export type SourceName = (typeof SOURCES)[number];

/** One value per candle, by candle index; values before `begin` are NaN, the buffer may be longer. */
export interface Series {
  /** Replaced when the buffer grows: read it anew in every run of a kernel. */
  values: Float64Array;
  readonly begin: number;
}

/** One truth per candle, 1 or 0; 0 before `begin`. A byte each: they are read far more often than written. */
export interface Flags {
  /** Replaced as {@link Series.values} are. */
  values: Uint8Array;
  readonly begin: number;
  /** Where the 1s are; null: their kernel does not note it. */
  readonly ones: IndexList | null;
}

/**
 * Work over candles `[from, to)`. Called with rising, adjoining ranges, of whole columns or of a single
 * candle, so one loop serves both. What it must remember lives in columns already written or in
 * {@link Graph.state}; then a candle can be taken back.
 */
export type Kernel = (from: number, to: number) => void;
/** A kernel that writes one column. */
export type SeriesKernel = (from: number, to: number, out: Float64Array) => void;

interface Step {
  readonly begin: number;
  readonly run: Kernel;
}

/** Most columns never grow; those that do, one candle after the other, are copied seldom and waste little. */
const GROWTH = 1.25;
/** Candles per slice of a long run: eight columns of it fit a common 256 KB second-level cache. */
const SLICE = 4_096;

const INPUTS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;
type InputName = (typeof INPUTS)[number];

/**
 * The columns and kernels of one indicator over one set of candles, in order of creation, which is the
 * order of work. Kernels never see an index before their own `begin`.
 */
export class Graph {
  readonly #candles: CandleColumns;
  readonly #read: { readonly name: InputName; readonly series: Series }[] = [];
  readonly #sources = new Map<SourceName, Series>();
  readonly #columns: { readonly series: Series; readonly start: number }[] = [];
  readonly #flags: Flags[] = [];
  readonly #steps: Step[] = [];
  readonly #states: Float64Array[] = [];
  readonly #saved: Float64Array[] = [];
  readonly #given: ReadonlyMap<string, Series>;
  readonly #memory: ColumnSource;
  #capacity: number;

  /**
   * `given` replaces the series of named source parameters by others of the same candles, such as the
   * output of another indicator. Columns come from `memory` until the candles outgrow them.
   */
  constructor(candles: CandleColumns, given: ReadonlyMap<string, Series> = new Map(), memory: ColumnSource = FRESH) {
    this.#candles = candles;
    this.#given = given;
    this.#memory = memory;
    this.#capacity = Math.max(1, candles.length);
  }

  get time(): Series {
    return this.#input('time');
  }
  get open(): Series {
    return this.#input('open');
  }
  get high(): Series {
    return this.#input('high');
  }
  get low(): Series {
    return this.#input('low');
  }
  get close(): Series {
    return this.#input('close');
  }
  get volume(): Series {
    return this.#input('volume');
  }

  /** Candle columns read so far, in candle order. */
  get inputsRead(): readonly InputName[] {
    return INPUTS.filter((name) => this.#read.some((input) => input.name === name));
  }

  /** The series of source parameter `param`, chosen as `name` unless the caller gave another. */
  source(name: SourceName, param = 'source'): Series {
    return this.#given.get(param) ?? this.price(name);
  }

  /** A candle column or mean of columns. */
  price(name: SourceName): Series {
    switch (name) {
      case 'open':
      case 'high':
      case 'low':
      case 'close':
      case 'volume':
        return this.#input(name);
      case 'hl2':
        return this.#mean(name, [this.high, this.low]);
      case 'hlc3':
        return this.#mean(name, [this.high, this.low, this.close]);
      case 'ohlc4':
        return this.#mean(name, [this.open, this.high, this.low, this.close]);
      case 'hlcc4':
        return this.#mean(name, [this.high, this.low, this.close, this.close]);
    }
  }

  /**
   * A new column, NaN before `begin`, then 0 before `start` for kernels that look back beyond where they start; from
   * there on a later {@link node} has to write it before anybody reads it.
   */
  column(begin: number, start = begin): Series {
    const series: Series = { values: this.#memory.numbers(this.#capacity), begin };
    this.#columns.push({ series, start });
    return series;
  }

  /** Adds work for candles from `begin` on. */
  node(begin: number, run: Kernel): void {
    this.#steps.push({ begin, run });
  }

  /** A new column from `begin` on, written by `run`. */
  derive(begin: number, run: SeriesKernel): Series {
    const column = this.column(begin);
    this.node(begin, (from, to) => run(from, to, column.values));
    return column;
  }

  /** New truths from `begin` on, to be written by a later {@link node}, which may note its 1s in `ones`. */
  truths(begin: number, ones: IndexList | null = null): Flags {
    const flags: Flags = { values: this.#memory.bytes(this.#capacity), begin, ones };
    this.#flags.push(flags);
    return flags;
  }

  /** New truths from `begin` on, written by `run`. */
  flags(begin: number, run: (from: number, to: number, out: Uint8Array) => void): Flags {
    const flags = this.truths(begin);
    this.node(begin, (from, to) => run(from, to, flags.values));
    return flags;
  }

  /** `size` numbers, 0 at first, that a kernel remembers between runs; restored when a candle is taken back. */
  state(size: number): Float64Array {
    const state = new Float64Array(size);
    this.#states.push(state);
    this.#saved.push(new Float64Array(size));
    return state;
  }

  /** Works through candles `[from, to)`, which must follow those already done. */
  run(from: number, to: number): void {
    if (to > this.#capacity) this.#grow(to);
    // Plain loops: iterators would be garbage on every candle.
    for (let k = 0; k < this.#read.length; k++) {
      const { name, series } = this.#read[k]!;
      series.values = this.#candles[name];
    }
    for (let k = 0; k < this.#columns.length; k++) {
      const { series, start } = this.#columns[k]!;
      if (from >= start) continue;
      const { values, begin } = series;
      if (from < begin) values.fill(NaN, from, Math.min(to, begin));
      if (to > begin) values.fill(0, Math.max(from, begin), Math.min(to, start));
    }
    // Slices that stay in the cache: each kernel reads what the one before has just written.
    for (let start = from; start < to; start += SLICE) {
      const end = Math.min(to, start + SLICE);
      for (let k = 0; k < this.#steps.length; k++) {
        const { begin, run } = this.#steps[k]!;
        const first = start > begin ? start : begin;
        if (first < end) run(first, end);
      }
    }
  }

  /** Forgets every kernel's state, so that the next run may start at 0 again in the same buffers. */
  reset(): void {
    for (const state of this.#states) state.fill(0);
  }

  /** Remembers the kernels' state, so that {@link restore} takes back whatever runs after. */
  save(): void {
    for (let index = 0; index < this.#states.length; index++) this.#saved[index]!.set(this.#states[index]!);
  }

  /** Back to the last {@link save}; columns need nothing, their later values are written again. */
  restore(): void {
    for (let index = 0; index < this.#states.length; index++) this.#states[index]!.set(this.#saved[index]!);
  }

  #input(name: InputName): Series {
    const known = this.#read.find((input) => input.name === name);
    if (known) return known.series;
    const series: Series = { values: this.#candles[name], begin: 0 };
    this.#read.push({ name, series });
    return series;
  }

  #mean(name: SourceName, parts: readonly Series[]): Series {
    const known = this.#sources.get(name);
    if (known) return known;
    const [a, b, c, d] = parts;
    assert(a && b, 'a mean price has two parts or more');
    const count = parts.length;
    const mean = this.derive(0, (from, to, out) => {
      const first = a.values;
      const second = b.values;
      if (!c) for (let i = from; i < to; i++) out[i] = (first[i]! + second[i]!) / 2;
      else if (!d) for (let i = from; i < to; i++) out[i] = (first[i]! + second[i]! + c.values[i]!) / count;
      else for (let i = from; i < to; i++) out[i] = (first[i]! + second[i]! + c.values[i]! + d.values[i]!) / count;
    });
    this.#sources.set(name, mean);
    return mean;
  }

  #grow(needed: number): void {
    this.#capacity = Math.max(needed, Math.ceil(this.#capacity * GROWTH) + 64);
    for (const { series } of this.#columns) {
      const wider = new Float64Array(this.#capacity);
      wider.set(series.values);
      series.values = wider;
    }
    for (const flags of this.#flags) {
      const wider = new Uint8Array(this.#capacity);
      wider.set(flags.values);
      flags.values = wider;
    }
  }
}
