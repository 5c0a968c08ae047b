/** Rows to a piece; a piece that is full is never copied. */
const PIECE_ROWS = 256;

/** What of the rows of a `NumberRows` is no number, one thing to a row. */
export class PointerRows<T> {
  readonly #pieces: T[][] = [];
  #count = 0;

  /** The thing of the next row. */
  add(thing: T): void {
    const row = this.#count++;
    if (row === this.#pieces.length * PIECE_ROWS) this.#pieces.push(new Array<T>(PIECE_ROWS));
    this.#pieces[(row / PIECE_ROWS) | 0]![row % PIECE_ROWS] = thing;
  }

  at(row: number): T {
    return this.#pieces[(row / PIECE_ROWS) | 0]![row % PIECE_ROWS]!;
  }

  /** Back to no rows; what they held is let go. */
  clear(): void {
    this.#pieces.length = 0;
    this.#count = 0;
  }
}
