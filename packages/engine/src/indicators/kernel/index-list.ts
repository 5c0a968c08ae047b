const CAPACITY = 64;

/** Ascending indices of candles, in one typed array that grows. */
export class IndexList {
  #indices = new Int32Array(CAPACITY);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The index at a place below {@link count}. */
  at(place: number): number {
    return this.#indices[place]!;
  }

  /** Adds an index, larger than all there are. */
  add(index: number): void {
    if (this.#count === this.#indices.length) {
      const wider = new Int32Array(this.#count * 4);
      wider.set(this.#indices);
      this.#indices = wider;
    }
    this.#indices[this.#count++] = index;
  }

  /** Forgets the indices from `index` on. */
  cut(index: number): void {
    while (this.#count > 0 && this.#indices[this.#count - 1]! >= index) this.#count--;
  }
}
