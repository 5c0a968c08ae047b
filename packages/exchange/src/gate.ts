/** Lets at most `width` pieces of work run at once; the others wait their turn in the order they came. */
export class Gate {
  readonly #width: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** Runs `work` when there is room, and answers what it answers. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#width) this.#running++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The room goes to the next one directly: nobody who comes meanwhile overtakes it.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
