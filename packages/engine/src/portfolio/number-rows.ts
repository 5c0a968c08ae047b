/** Rows to a piece: small enough to be taken from memory that is there already, so that growing copies nothing. */
const PIECE_ROWS = 256;

/** Records of equally many numbers, one after the other: a long list of them costs no garbage collector anything. */
export class NumberRows {
  readonly #width: number;
  readonly #pieces: Float64Array[] = [];
  #count = 0;

  /** `width` numbers to a row. */
  constructor(width: number) {
    this.#width = width;
  }

  get count(): number {
    return this.#count;
  }

  /** A new row, to be written at once from {@link offset} of what is returned on. */
  add(): Float64Array {
    const piece = Math.floor(this.#count / PIECE_ROWS);
    if (piece === this.#pieces.length) this.#pieces.push(new Float64Array(PIECE_ROWS * this.#width));
    this.#count++;
    return this.#pieces[piece]!;
  }

  /** Where the row added last begins. */
  get offset(): number {
    return ((this.#count - 1) % PIECE_ROWS) * this.#width;
  }

  /** A number of a row. Small integers as such: boxed they would give objects other hidden classes than elsewhere. */
  at(row: number, place: number): number {
    const value = this.#pieces[Math.floor(row / PIECE_ROWS)]![(row % PIECE_ROWS) * this.#width + place]!;
    const small = value | 0;
    return small === value ? small : value;
  }

  /** Back to no rows; the memory stays. */
  clear(): void {
    this.#count = 0;
  }
}
