import { BLOCK_VALUES, HIGH_BITS_MAX, LANES, POSITION_BITS, laneWords, maskOf, stringWords } from './bit-blocks.js';

/** Words that a list of exceptions must save at least: it costs as much time as some thirty plain values. */
const LIST_COST_WORDS = 0.5;

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
