import { Candles, type CandleRow } from '@wickworks/core';
import type { SeriesSource } from '../model/series-source.js';

/** A series source for tests: candles one minute apart that the test appends to, ticks, corrects and prepends. */
export class TestSource implements SeriesSource {
  candles: Candles;
  forming = true;
  version = 1;
  prepended = 0;
  generation = 0;
  gaps: SeriesSource['gaps'] = [];
  history: SeriesSource['history'] = 'more';
  #listeners = new Set<() => void>();

  constructor(rows: readonly CandleRow[]) {
    this.candles = Candles.fromRows(rows);
  }

  append(row: CandleRow): void {
    this.candles.push(row);
    this.announce();
  }

  tick(row: CandleRow): void {
    this.candles.set(this.candles.length - 1, row);
    this.announce();
  }

  correct(index: number, row: CandleRow): void {
    this.candles.set(index, row);
    this.generation++;
    this.announce();
  }

  prepend(rows: readonly CandleRow[]): void {
    const joined = Candles.fromRows(rows);
    for (let index = 0; index < this.candles.length; index++) joined.push(this.candles.at(index)!);
    this.candles = joined;
    this.prepended += rows.length;
    this.announce();
  }

  announce(): void {
    this.version++;
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

const START_MS = 1_700_000_040_000;

/** `count` minutes of a seeded random walk; `from` counts minutes from the same start, also negative ones. */
export function walk(count: number, from = 0, seed = 7): CandleRow[] {
  let state = (seed + from * 31) | 1;
  const random = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  let price = 100;
  return Array.from({ length: count }, (_, index): CandleRow => {
    const open = price;
    const close = Math.max(1, open * (1 + (random() - 0.5) * 0.02));
    const high = Math.max(open, close) * (1 + random() * 0.005);
    const low = Math.min(open, close) * (1 - random() * 0.005);
    price = close;
    return [START_MS + (from + index) * 60_000, open, high, low, close, random() * 50];
  });
}
