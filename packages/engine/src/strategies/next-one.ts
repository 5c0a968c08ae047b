import type { Flags } from '../indicators/kernel/graph.js';
import type { IndexList } from '../indicators/kernel/index-list.js';

/** Finds the next 1 of truths for one who only goes forward: each candle is looked at once, however often it is asked. */
export class NextOne {
  readonly #flags: Flags;
  /** There is no 1 in `[#from, #next)`. */
  #from = 0;
  #next = 0;
  /** Ones before this place of the list lie before `#next`. */
  #place = 0;

  constructor(flags: Flags) {
    this.#flags = flags;
  }

  /** Index of the first 1 in `[from, to)`; `to` for none. */
  in(from: number, to: number): number {
    if (from < this.#from || from > this.#next) {
      if (from < this.#from) this.#place = 0;
      this.#from = from;
      this.#next = from;
    }
    const { ones } = this.#flags;
    if (this.#next < to) this.#next = ones ? this.#listed(ones, to) : this.#looked(to);
    return Math.min(this.#next, to);
  }

  #listed(ones: IndexList, to: number): number {
    let place = this.#place;
    while (place < ones.count && ones.at(place) < this.#next) place++;
    this.#place = place;
    return place < ones.count ? Math.min(ones.at(place), to) : to;
  }

  #looked(to: number): number {
    const { values } = this.#flags;
    let index = this.#next;
    while (index < to && values[index] !== 1) index++;
    return index;
  }
}

/** Index of the first candle of `[from, to)` at which one of the two is 1 and the other is not; `to` for none. */
export function nextDifference(a: NextOne, b: NextOne, from: number, to: number): number {
  let index = from;
  for (;;) {
    const [one, other] = [a.in(index, to), b.in(index, to)];
    if (one !== other || one === to) return Math.min(one, other);
    index = one + 1;
  }
}
