import { FRESH, type ColumnSource } from '../market/run-memory.js';

/** Two to this power are the rows of a piece: little enough for memory that is there already, so that growing copies nothing. */
const PIECE_BITS = 8;
const PIECE_ROWS = 1 << PIECE_BITS;

/** Records of equally many numbers, one after the other: a long list of them costs no garbage collector anything. */
export class NumberRows {
  readonly #width: number;
  readonly #memory: ColumnSource;
  readonly #pieces: Float64Array[] = [];
  #count = 0;
  #offset = 0;

  /** `width` numbers to a row, all of which are to be written. */
  constructor(width: number, memory: ColumnSource = FRESH) {
    this.#width = width;
    this.#memory = memory;
  }

  get count(): number {
    return this.#count;
  }

  /** Where the row begins that {@link add} or {@link find} gave last. */
  get offset(): number {
    return this.#offset;
  }

  /** A new row, to be written at once from {@link offset} of what is returned on. */
  add(): Float64Array {
    const row = this.#count++;
    if (row === this.#pieces.length << PIECE_BITS) this.#pieces.push(this.#memory.numbers(PIECE_ROWS * this.#width));
    return this.find(row);
  }

  /** A row, to be read at once from {@link offset} of what is returned on. */
  find(row: number): Float64Array {
    this.#offset = (row & (PIECE_ROWS - 1)) * this.#width;
    return this.#pieces[row >>> PIECE_BITS]!;
  }

  /** Back to no rows; the memory stays. */
  clear(): void {
    this.#count = 0;
  }
}

/** A number of a row. Small integers as such: boxed they would give objects other hidden classes than elsewhere. */
export function numberAt(cells: Float64Array, at: number): number {
  const value = cells[at]!;
  const small = value | 0;
  return small === value ? small : value;
}
