/** How many of the first are looked through before asking the map. */
const FEW = 8;

/** Things of which there are mostly few, each by a number: in a row of a `NumberRows` one of them takes a cell. */
export class NumberedThings<T> {
  readonly #things: T[] = [];
  readonly #numbers = new Map<T, number>();

  /** The number of a thing, the next one when it is new: numbers rise from 0. */
  numberOf(thing: T): number {
    const things = this.#things;
    for (let number = 0; number < FEW && number < things.length; number++) if (things[number] === thing) return number;
    const known = this.#numbers.get(thing);
    if (known !== undefined) return known;
    const number = things.push(thing) - 1;
    this.#numbers.set(thing, number);
    return number;
  }

  /** The thing of a number that was given. */
  at(number: number): T {
    return this.#things[number]!;
  }

  /** Lets go of all; numbers begin anew. */
  clear(): void {
    this.#things.length = 0;
    this.#numbers.clear();
  }
}
