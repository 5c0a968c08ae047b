/** A well mixed unsigned 32-bit number from three integers (murmur3's finalizer over a running mix). */
export function hash32(seed: number, a: number, b: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15) ^ (a | 0), 0xc2b2ae35);
  // Numbers wider than 32 bits (epochs of 100 ms) must keep their upper half.
  h = Math.imul(h ^ (h >>> 13) ^ Math.floor(a / 4294967296), 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 16) ^ (b | 0), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13) ^ Math.floor(b / 4294967296), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A 32-bit number from text (FNV-1a), to seed one market apart from another. */
export function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) h = Math.imul(h ^ text.charCodeAt(index), 0x01000193);
  return h >>> 0;
}

/** A small seeded generator (mulberry32): `next()` gives 0 ≤ x < 1, the same sequence for the same seed. */
export class Rng {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number in `[0, count)`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }
}
