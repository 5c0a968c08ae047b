import type { Reused, RoundTrip } from '../messages.js';
import type { ColumnSource } from '../market/run-memory.js';
import { numberAt, NumberRows } from './number-rows.js';
import { NumberedThings } from './numbered-things.js';

/** Numbers of a row, by place. */
const MARKET = 0;
const IS_LONG = 1;
const ENTRY_TIME_MS = 2;
const EXIT_TIME_MS = 3;
const ENTRY_INDEX = 4;
const EXIT_INDEX = 5;
const QUANTITY = 6;
const ENTRY_PRICE = 7;
const EXIT_PRICE = 8;
const PNL = 9;
const RETURN_RATIO = 10;
const FEES = 11;
const CARRY = 12;
const ENTRY_FILL = 13;
const EXIT_FILL = 14;
const ENTRY_TAG = 15;
const EXIT_TAG = 16;
const WIDTH = 17;

/** A finished trip but for its symbol, which its market has. Ids behind the first `fillCount` are none of its own. */
export type FinishedTrip = Omit<RoundTrip, 'symbol'> & { readonly fillCount: number };

/** A trip before anything is known of it, whose fills are written into `fillIds`. */
export const blankTrip = (market: number, fillIds: readonly number[]): Reused<FinishedTrip> => ({
  market,
  direction: 'long',
  entryTimeMs: 0,
  exitTimeMs: 0,
  entryIndex: 0,
  exitIndex: 0,
  quantity: 0,
  entryPrice: 0,
  exitPrice: 0,
  pnl: 0,
  returnRatio: 0,
  fees: 0,
  carry: 0,
  fillIds,
  fillCount: 0,
  entryTag: '',
  exitTag: '',
});

/** Finished round trips in the order of their exits: rows of numbers until somebody reads {@link trips}. */
export class TripLog {
  readonly #symbols: readonly string[];
  readonly #trips: RoundTrip[] = [];
  readonly #rows: NumberRows;
  readonly #tags = new NumberedThings<string>();
  /** Of the rows that have not just one of entry and one of exit. */
  readonly #fillIds = new Map<number, readonly number[]>();
  readonly #countByMarket: number[];

  /** Symbols by market. */
  constructor(symbols: readonly string[], memory?: ColumnSource) {
    this.#symbols = symbols;
    this.#rows = new NumberRows(WIDTH, memory);
    this.#countByMarket = symbols.map(() => 0);
  }

  get trips(): readonly RoundTrip[] {
    if (this.#rows.count > 0) this.#writeOut();
    return this.#trips;
  }

  /** Trips finished in a market so far. */
  countOf(market: number): number {
    return this.#countByMarket[market]!;
  }

  /** Notes a trip; the object and its list are not kept. */
  add(trip: FinishedTrip): void {
    const cells = this.#rows.add();
    const at = this.#rows.offset;
    const { fillIds, fillCount } = trip;
    cells[at + MARKET] = trip.market;
    cells[at + IS_LONG] = trip.direction === 'long' ? 1 : 0;
    cells[at + ENTRY_TIME_MS] = trip.entryTimeMs;
    cells[at + EXIT_TIME_MS] = trip.exitTimeMs;
    cells[at + ENTRY_INDEX] = trip.entryIndex;
    cells[at + EXIT_INDEX] = trip.exitIndex;
    cells[at + QUANTITY] = trip.quantity;
    cells[at + ENTRY_PRICE] = trip.entryPrice;
    cells[at + EXIT_PRICE] = trip.exitPrice;
    cells[at + PNL] = trip.pnl;
    cells[at + RETURN_RATIO] = trip.returnRatio;
    cells[at + FEES] = trip.fees;
    cells[at + CARRY] = trip.carry;
    cells[at + ENTRY_FILL] = fillIds[0]!;
    cells[at + EXIT_FILL] = fillIds[1]!;
    cells[at + ENTRY_TAG] = this.#tags.numberOf(trip.entryTag);
    cells[at + EXIT_TAG] = this.#tags.numberOf(trip.exitTag);
    if (fillCount !== 2) this.#fillIds.set(this.#rows.count - 1, fillIds.slice(0, fillCount));
    this.#countByMarket[trip.market]!++;
  }

  #writeOut(): void {
    const { count } = this.#rows;
    for (let row = 0; row < count; row++) this.#trips.push(this.#tripAt(row));
    this.#rows.clear();
    this.#tags.clear();
    this.#fillIds.clear();
  }

  #tripAt(row: number): RoundTrip {
    const cells = this.#rows.find(row);
    const at = this.#rows.offset;
    const market = numberAt(cells, at + MARKET);
    return {
      symbol: this.#symbols[market]!,
      market,
      direction: cells[at + IS_LONG] === 1 ? 'long' : 'short',
      entryTimeMs: numberAt(cells, at + ENTRY_TIME_MS),
      exitTimeMs: numberAt(cells, at + EXIT_TIME_MS),
      entryIndex: numberAt(cells, at + ENTRY_INDEX),
      exitIndex: numberAt(cells, at + EXIT_INDEX),
      quantity: numberAt(cells, at + QUANTITY),
      entryPrice: numberAt(cells, at + ENTRY_PRICE),
      exitPrice: numberAt(cells, at + EXIT_PRICE),
      pnl: numberAt(cells, at + PNL),
      returnRatio: numberAt(cells, at + RETURN_RATIO),
      fees: numberAt(cells, at + FEES),
      carry: numberAt(cells, at + CARRY),
      fillIds: (this.#fillIds.size > 0 && this.#fillIds.get(row)) || [
        numberAt(cells, at + ENTRY_FILL),
        numberAt(cells, at + EXIT_FILL),
      ],
      entryTag: this.#tags.at(numberAt(cells, at + ENTRY_TAG)),
      exitTag: this.#tags.at(numberAt(cells, at + EXIT_TAG)),
    };
  }
}
