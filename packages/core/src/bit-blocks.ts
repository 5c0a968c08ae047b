/** Values per block. */
export const BLOCK_VALUES = 128;
/** Values are dealt to this many lanes in turn, so that one shift serves four neighbours when reading. */
export const LANES = 4;
/** Bits of an exception's place in its block. */
export const POSITION_BITS = 7;
/** An exception's position and upper bits fit one 32-bit read. */
export const HIGH_BITS_MAX = 32 - POSITION_BITS;

/** Words (32 bits) that `count` values of `width` bits take; each lane ends on a whole word. */
export const laneWords = (count: number, width: number): number =>
  LANES * ((((count + LANES - 1) >>> 2) * width + 31) >>> 5);

/** Words of a bit string. */
export const stringWords = (bits: number): number => (bits + 31) >>> 5;

/** The lowest `width` bits. */
export const maskOf = (width: number): number => (width === 32 ? -1 : (1 << width) - 1);

/** Reads blocks in the order they were written; any bytes at all are safe to read. */
export class BlockReader {
  readonly #words: Int32Array;
  readonly #notes: Uint8Array;
  readonly #wordCount: number;
  #word = 0;
  #note = 0;

  /** Reads the first `wordCount` of `words`, which hold at least one more. */
  constructor(words: Int32Array, wordCount: number, notes: Uint8Array) {
    this.#words = words;
    this.#wordCount = wordCount;
    this.#notes = notes;
  }

  /** True when everything has been read. */
  get isAtEnd(): boolean {
    return this.#word === this.#wordCount && this.#note === this.#notes.length;
  }

  /** Passes over the next values when they are plain zeros, whatever their number; else `false`, and reads nothing. */
  skipZeros(): boolean {
    if (this.#notes[this.#note] !== 0) return false;
    this.#note++;
    return true;
  }

  /** The bits of the next `count` (≤ 128) values into the start of `out`, which has 128 places; `false` when bad. */
  read(out: Int32Array, count: number): boolean {
    const note = this.#notes[this.#note++];
    if (note === undefined) return false;
    const width = note & 0x7f;
    const end = this.#word + laneWords(count, width);
    if (width > 32 || end > this.#wordCount) return false;
    if (width === 0) out.fill(0, 0, count);
    else if (width === 32) out.set(this.#words.subarray(this.#word, this.#word + count));
    else readLanes(this.#words, this.#word, width, (count + LANES - 1) & -LANES, out);
    this.#word = end;
    return note < 0x80 || this.#patch(out, count, width);
  }

  #patch(out: Int32Array, count: number, width: number): boolean {
    const exceptions = this.#notes[this.#note++];
    const highBits = this.#notes[this.#note++];
    if (exceptions === undefined || highBits === undefined) return false;
    if (highBits === 0 || highBits > HIGH_BITS_MAX || width + highBits > 32) return false;
    const bits = POSITION_BITS + highBits;
    const end = this.#word + stringWords(exceptions * bits);
    if (end > this.#wordCount) return false;
    const isSound = addUpperBits(this.#words, this.#word, exceptions, highBits, width, count, out);
    this.#word = end;
    return isSound;
  }
}

/** `false` when a position lies beyond `count`. */
// Plain parameters, as below: an object for each of some fifty lists per snapshot shows in the profile.
function addUpperBits(
  words: Int32Array,
  base: number,
  exceptions: number,
  highBits: number,
  width: number,
  count: number,
  out: Int32Array,
): boolean {
  const bits = POSITION_BITS + highBits;
  const mask = maskOf(highBits);
  const last = count - 1;
  let beyond = 0;
  for (let left = exceptions, bit = 0; left > 0; left = (left - 1) | 0, bit = (bit + bits) | 0) {
    const word = (base + (bit >>> 5)) | 0;
    // Both words in any case, since a branch would be guessed wrong often; the second shift by 32 has to go in two.
    const entry = (words[word]! >>> bit) | ((words[(word + 1) | 0]! << 1) << ~bit);
    const position = entry & (BLOCK_VALUES - 1);
    beyond |= (last - position) | 0;
    out[position] = out[position]! | (((entry >>> POSITION_BITS) & mask) << width);
  }
  return beyond >= 0;
}

/**
 * Values of 1 to 31 bits. One word of each lane is held and shifted down as its values are taken, which halves the time
 * of reading them one by one. `| 0` tells the compiler that sums are 32-bit integers, which need no check for overflow.
 */
function readLanes(words: Int32Array, base: number, width: number, places: number, out: Int32Array): void {
  const mask = maskOf(width);
  let word = base;
  let a = words[word]!;
  let b = words[(word + 1) | 0]!;
  let c = words[(word + 2) | 0]!;
  let d = words[(word + 3) | 0]!;
  let left = 32;
  let index = 0;
  for (;;) {
    for (; left >= width && index < places; left = (left - width) | 0, index = (index + 4) | 0) {
      out[index] = a & mask;
      out[(index + 1) | 0] = b & mask;
      out[(index + 2) | 0] = c & mask;
      out[(index + 3) | 0] = d & mask;
      a >>>= width;
      b >>>= width;
      c >>>= width;
      d >>>= width;
    }
    if (index >= places) return;
    word = (word + 4) | 0;
    const nextA = words[word]!;
    const nextB = words[(word + 1) | 0]!;
    const nextC = words[(word + 2) | 0]!;
    const nextD = words[(word + 3) | 0]!;
    out[index] = (a | (nextA << left)) & mask;
    out[(index + 1) | 0] = (b | (nextB << left)) & mask;
    out[(index + 2) | 0] = (c | (nextC << left)) & mask;
    out[(index + 3) | 0] = (d | (nextD << left)) & mask;
    index = (index + 4) | 0;
    const used = (width - left) | 0;
    a = nextA >>> used;
    b = nextB >>> used;
    c = nextC >>> used;
    d = nextD >>> used;
    left = (32 - used) | 0;
  }
}
