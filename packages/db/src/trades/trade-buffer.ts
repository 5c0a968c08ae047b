import { lowerBound } from '@wickworks/core';
import type { StoredTrades } from '../ports.js';

const COLUMNS = ['time', 'price', 'quantity', 'side', 'id'] as const;

/** One trade; see {@link StoredTrades}. */
interface TradeRow {
  readonly timeMs: number;
  readonly price: number;
  readonly quantity: number;
  readonly side: number;
  readonly id: number;
}

/** Trades as growing columns. */
export class TradeBuffer {
  #columns = roomForTrades(1_024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Time of the newest, 0 before the first. */
  get lastMs(): number {
    return this.#length === 0 ? 0 : this.#columns.time[this.#length - 1]!;
  }

  push({ timeMs, price, quantity, side, id }: TradeRow): void {
    if (this.#length === this.#columns.length) this.#grow();
    const at = this.#length++;
    this.#columns.time[at] = timeMs;
    this.#columns.price[at] = price;
    this.#columns.quantity[at] = quantity;
    this.#columns.side[at] = side;
    this.#columns.id[at] = id;
  }

  /** What is held, without copying. */
  columns(): StoredTrades {
    return viewOfTrades(this.#columns, 0, this.#length);
  }

  #grow(): void {
    const wider = roomForTrades(this.#length * 2);
    for (const name of COLUMNS) wider[name].set(this.#columns[name]);
    this.#columns = wider;
  }
}

/** Columns of exactly `length` trades, to be filled. */
export const roomForTrades = (length: number): StoredTrades => ({
  length,
  time: new Float64Array(length),
  price: new Float64Array(length),
  quantity: new Float64Array(length),
  side: new Float64Array(length),
  id: new Float64Array(length),
});

/** Trades `[from, to)` without copying. */
const viewOfTrades = (trades: StoredTrades, from: number, to: number): StoredTrades => ({
  length: to - from,
  time: trades.time.subarray(from, to),
  price: trades.price.subarray(from, to),
  quantity: trades.quantity.subarray(from, to),
  side: trades.side.subarray(from, to),
  id: trades.id.subarray(from, to),
});

/** All of `parts`, one after the other. */
export function joinTrades(parts: readonly StoredTrades[]): StoredTrades {
  const filled = parts.filter(({ length }) => length > 0);
  if (filled.length === 1) return filled[0]!;
  const room = roomForTrades(filled.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of filled) {
    for (const name of COLUMNS) room[name].set(part[name].subarray(0, part.length), at);
    at += part.length;
  }
  return room;
}

/** Trades of `[fromMs, toMs)` without copying. */
export const tradesBetween = (trades: StoredTrades, fromMs: number, toMs: number): StoredTrades =>
  viewOfTrades(trades, lowerBound(trades, fromMs), lowerBound(trades, toMs));

/** Time of the first trade in which the two differ in time, price or quantity, or one ends; `null`: they are the same. */
export function firstDifferenceMs(a: StoredTrades, b: StoredTrades): number | null {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.time[at] === b.time[at] && a.price[at] === b.price[at] && a.quantity[at] === b.quantity[at])
    at++;
  if (at === a.length && at === b.length) return null;
  return Math.min(a.time[at] ?? Infinity, b.time[at] ?? Infinity);
}
