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
  LANES * Math.ceil((Math.ceil(count / LANES) * width) / 32);

/** Words of a bit string. */
export const stringWords = (bits: number): number => Math.ceil(bits / 32);

/** The lowest `width` bits. */
export const maskOf = (width: number): number => (width === 32 ? -1 : (1 << width) - 1);

/** Reads blocks in the order they were written; any bytes at all are safe to read. */
export class BlockReader {
  readonly #words: Uint32Array;
  readonly #notes: Uint8Array;
  #word = 0;
  #note = 0;

  constructor(words: Uint32Array, notes: Uint8Array) {
    this.#words = words;
    this.#notes = notes;
  }

  /** True when everything has been read. */
  get isAtEnd(): boolean {
    return this.#word === this.#words.length && this.#note === this.#notes.length;
  }

  /** The next `count` (≤ 128) values into the start of `out`, which has 128 places; `false` when the bytes are bad. */
  read(out: Uint32Array, count: number): boolean {
    const note = this.#notes[this.#note++];
    if (note === undefined) return false;
    const width = note & 0x7f;
    const end = this.#word + laneWords(count, width);
    if (width > 32 || end > this.#words.length) return false;
    if (width === 0) out.fill(0, 0, count);
    else readLanes(this.#words, this.#word, width, (count + LANES - 1) >> 2, out);
    this.#word = end;
    return note < 0x80 || this.#patch(out, count, width);
  }

  #patch(out: Uint32Array, count: number, width: number): boolean {
    const exceptions = this.#notes[this.#note++];
    const highBits = this.#notes[this.#note++];
    if (exceptions === undefined || highBits === undefined) return false;
    if (highBits === 0 || highBits > HIGH_BITS_MAX || width + highBits > 32) return false;
    const bits = POSITION_BITS + highBits;
    const words = this.#words;
    const base = this.#word;
    const end = base + stringWords(exceptions * bits);
    if (end > words.length) return false;
    this.#word = end;
    const mask = maskOf(highBits);
    for (let index = 0, bit = 0; index < exceptions; index++, bit += bits) {
      const word = base + (bit >>> 5);
      const shift = bit & 31;
      let entry = words[word]! >>> shift;
      // The entry goes on in the next word, which is only then sure to exist.
      if (shift + bits > 32) entry |= words[word + 1]! << (32 - shift);
      const position = entry & (BLOCK_VALUES - 1);
      if (position >= count) return false;
      out[position] = out[position]! | (((entry >>> POSITION_BITS) & mask) << width);
    }
    return true;
  }
}

// Five plain parameters: an object for each of some fifty blocks per snapshot shows in the profile.
function readLanes(words: Uint32Array, base: number, width: number, steps: number, out: Uint32Array): void {
  const mask = maskOf(width);
  for (let step = 0, bit = 0, index = 0; step < steps; step++, bit += width, index += LANES) {
    const word = base + ((bit >>> 5) << 2);
    const shift = bit & 31;
    if (shift + width <= 32) {
      out[index] = (words[word]! >>> shift) & mask;
      out[index + 1] = (words[word + 1]! >>> shift) & mask;
      out[index + 2] = (words[word + 2]! >>> shift) & mask;
      out[index + 3] = (words[word + 3]! >>> shift) & mask;
    } else {
      const rest = 32 - shift;
      out[index] = ((words[word]! >>> shift) | (words[word + 4]! << rest)) & mask;
      out[index + 1] = ((words[word + 1]! >>> shift) | (words[word + 5]! << rest)) & mask;
      out[index + 2] = ((words[word + 2]! >>> shift) | (words[word + 6]! << rest)) & mask;
      out[index + 3] = ((words[word + 3]! >>> shift) | (words[word + 7]! << rest)) & mask;
    }
  }
}
