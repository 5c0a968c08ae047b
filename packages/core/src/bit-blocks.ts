/** Values per block. */
export const BLOCK_VALUES = 128;
/** Values are dealt to this many lanes in turn, so that one shift serves four neighbours when reading. */
const LANES = 4;
const POSITION_BITS = 7;
/** An exception's position and upper bits fit one 32-bit read. */
const HIGH_BITS_MAX = 32 - POSITION_BITS;
/** Words that a list of exceptions must save at least: it costs as much time as some thirty plain values. */
const LIST_COST_WORDS = 0.5;

/** Words (32 bits) that `count` values of `width` bits take; each lane ends on a whole word. */
const laneWords = (count: number, width: number): number => LANES * Math.ceil((Math.ceil(count / LANES) * width) / 32);

/** Words of a bit string. */
const stringWords = (bits: number): number => Math.ceil(bits / 32);

const bitLength = (value: number): number => 32 - Math.clz32(value);

/** Growing output: `words` hold the values, `notes` say per block how to read them. */
export class BlockWriter {
  readonly words: number[] = [];
  readonly notes: number[] = [];

  /**
   * Appends up to {@link BLOCK_VALUES} unsigned 32-bit values at the width that takes the fewest bits; the few values
   * that are wider keep their upper bits in a list behind (patched frame of reference, as in PFOR-Delta).
   */
  write(values: Uint32Array): void {
    const { width, exceptions, highBits } = choosePlan(values);
    this.notes.push(exceptions.length > 0 ? width | 0x80 : width);
    if (exceptions.length > 0) this.notes.push(exceptions.length, highBits);
    this.#writeLanes(values, width);
    const base = this.words.length;
    const bits = POSITION_BITS + highBits;
    for (let index = 0; index < stringWords(exceptions.length * bits); index++) this.words.push(0);
    exceptions.forEach((position, index) => {
      this.#put(base, index * bits, POSITION_BITS, position);
      this.#put(base, index * bits + POSITION_BITS, highBits, values[position]! >>> width);
    });
  }

  #writeLanes(values: Uint32Array, width: number): void {
    if (width === 0) return;
    const base = this.words.length;
    for (let index = 0; index < laneWords(values.length, width); index++) this.words.push(0);
    const mask = maskOf(width);
    for (let index = 0; index < values.length; index++) {
      const bit = Math.floor(index / LANES) * width;
      const word = base + (bit >>> 5) * LANES + (index % LANES);
      const shift = bit & 31;
      const value = values[index]! & mask;
      this.words[word]! |= value << shift;
      if (shift + width > 32) this.words[word + LANES]! |= value >>> (32 - shift);
    }
  }

  #put(base: number, bit: number, width: number, value: number): void {
    const word = base + (bit >>> 5);
    const shift = bit & 31;
    this.words[word]! |= value << shift;
    if (shift + width > 32) this.words[word + 1]! |= value >>> (32 - shift);
  }
}

interface Plan {
  readonly width: number;
  /** Positions of values wider than `width`. */
  readonly exceptions: readonly number[];
  readonly highBits: number;
}

function choosePlan(values: Uint32Array): Plan {
  const counts = new Array<number>(33).fill(0);
  for (const value of values) counts[bitLength(value)]!++;
  const widest = counts.findLastIndex((count) => count > 0);
  let best = widest;
  let bestWords = Infinity;
  let wider = 0;
  for (let width = widest; width >= Math.max(0, widest - HIGH_BITS_MAX); width--) {
    const bits = wider * (POSITION_BITS + widest - width);
    const words = laneWords(values.length, width) + stringWords(bits) + (wider > 0 ? LIST_COST_WORDS : 0);
    if (words < bestWords && wider < BLOCK_VALUES) [best, bestWords] = [width, words];
    wider += counts[width]!;
  }
  const exceptions: number[] = [];
  values.forEach((value, position) => {
    if (bitLength(value) > best) exceptions.push(position);
  });
  return { width: best, exceptions, highBits: widest - best };
}

const maskOf = (width: number): number => (width === 32 ? -1 : (1 << width) - 1);

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
