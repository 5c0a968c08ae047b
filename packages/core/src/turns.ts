/** Lets a few pieces of work run at once; the others wait their turn in the order they came. */
export class Turns {
  readonly #atOnce: number;
  readonly #waitingMax: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor({ atOnce, waitingMax = Infinity }: { readonly atOnce: number; readonly waitingMax?: number }) {
    this.#atOnce = atOnce;
    this.#waitingMax = waitingMax;
  }

  /** The outcome of `work` once its turn has come, however many wait. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#atOnce) this.#running++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The place goes to whoever waits longest directly: nobody who comes meanwhile overtakes.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }

  /** As {@link take}; `null`, without calling `work`, when `waitingMax` wait already. */
  async takeUnlessCrowded<T>(work: () => Promise<T>): Promise<T | null> {
    const isCrowded = this.#running >= this.#atOnce && this.#waiting.length >= this.#waitingMax;
    return isCrowded ? null : this.take(work);
  }
}
