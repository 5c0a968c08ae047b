/** Where columns get their memory from. */
export interface ColumnSource {
  /** `length` numbers of any value: whoever takes them writes each before it reads it. */
  numbers(length: number): Float64Array;
  /** `length` zeros. */
  bytes(length: number): Uint8Array;
}

/** Memory of its own for each column. */
export const FRESH: ColumnSource = {
  numbers: (length) => new Float64Array(length),
  bytes: (length) => new Uint8Array(length),
};

/**
 * Memory that runs borrow one after the other, for hosts that make many of equal length: a slider, a search, a proof.
 * Fresh memory costs such a run as much as its indicators do. It keeps what the last run gave back; runs at the same
 * time each have memory of their own.
 */
export class RunMemory {
  #numbers = new Map<number, Float64Array[]>();
  #bytes = new Map<number, Uint8Array[]>();

  /** Takes all there is, for one run. */
  borrow(): BorrowedMemory {
    const [numbers, bytes] = [this.#numbers, this.#bytes];
    this.#numbers = new Map();
    this.#bytes = new Map();
    return new BorrowedMemory(numbers, bytes, (columns, truths) => {
      this.#numbers = columns;
      this.#bytes = truths;
    });
  }
}

/** What one run has of a {@link RunMemory}. */
export class BorrowedMemory implements ColumnSource {
  readonly #freeNumbers: ReadonlyMap<number, Float64Array[]>;
  readonly #freeBytes: ReadonlyMap<number, Uint8Array[]>;
  readonly #numbers: Float64Array[] = [];
  readonly #bytes: Uint8Array[] = [];
  #giveBack: ((numbers: Map<number, Float64Array[]>, bytes: Map<number, Uint8Array[]>) => void) | null;

  constructor(
    numbers: ReadonlyMap<number, Float64Array[]>,
    bytes: ReadonlyMap<number, Uint8Array[]>,
    giveBack: (numbers: Map<number, Float64Array[]>, bytes: Map<number, Uint8Array[]>) => void,
  ) {
    this.#freeNumbers = numbers;
    this.#freeBytes = bytes;
    this.#giveBack = giveBack;
  }

  numbers(length: number): Float64Array {
    const column = this.#freeNumbers.get(length)?.pop() ?? new Float64Array(length);
    this.#numbers.push(column);
    return column;
  }

  bytes(length: number): Uint8Array {
    const column = this.#freeBytes.get(length)?.pop()?.fill(0) ?? new Uint8Array(length);
    this.#bytes.push(column);
    return column;
  }

  /** Gives all of it back, for the next run to write over. */
  giveBack(): void {
    this.#giveBack?.(byLength(this.#numbers), byLength(this.#bytes));
    this.#giveBack = null;
  }
}

function byLength<Column extends { readonly length: number }>(columns: readonly Column[]): Map<number, Column[]> {
  const sorted = new Map<number, Column[]>();
  for (const column of columns) {
    const others = sorted.get(column.length);
    if (others) others.push(column);
    else sorted.set(column.length, [column]);
  }
  return sorted;
}
