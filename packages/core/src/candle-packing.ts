import { BLOCK_VALUES, BlockReader } from './bit-blocks.js';
import { Candles } from './candle-columns.js';
import { err, ok, type Result } from './result.js';

// Layout (all little-endian; docs/websocket.md explains it to writers of other clients):
//   10 float64: firstTime, timeUnit, timeStep, firstTicks, priceFactor, priceDivisor, volumeFactor, volumeDivisor,
//               wordCount, noteCount
//   wordCount × uint32, noteCount × uint8, zeros up to a multiple of 8
//   raw float64 columns for what is not packed: time, then open high low close, then volume
// A unit or divisor of 0 says that the column is raw. Packed columns come in blocks of 128 candles, and within a block
// as: time, open, close, high, low, volume.
const HEADER_VALUES = 10;
/** Bytes before the words. */
export const HEADER_BYTES = HEADER_VALUES * 8;
const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** A block without raw columns whose lengths agree. */
export interface PackedBlock {
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly wordCount: number;
  readonly noteCount: number;
}
/** Gives the very candles that {@link unpackCandles} would without it, or `null`: then it finds out what is wrong. */
export type QuickUnpack = (block: PackedBlock) => Candles | null;

let quick: QuickUnpack | null = null;
/** Has sound blocks unpacked by `quick` from now on; see quick-unpack.ts. */
export const unpackWith = (quicker: QuickUnpack | null): void => {
  quick = quicker;
};

/** The `count` candles packed into `bytes`, bit for bit, or what is wrong with the bytes. Never throws. */
export function unpackCandles(bytes: Uint8Array, count: number): Result<Candles, string> {
  if (count === 0) return bytes.length === 0 ? ok(new Candles()) : err('packed block of no candles holds bytes');
  if (bytes.length < HEADER_BYTES || bytes.length % 8 !== 0) return err('packed block has an impossible length');
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const view = new DataView(aligned.buffer, aligned.byteOffset, aligned.byteLength);
  const field = (index: number): number => view.getFloat64(index * 8, true);
  const [wordCount, noteCount] = [field(8), field(9)];
  const notesOffset = HEADER_BYTES + wordCount * 4;
  const rawOffset = padTo8(notesOffset + noteCount);
  if (!isCount(wordCount, bytes.length) || !isCount(noteCount, bytes.length) || rawOffset > bytes.length)
    return err('packed block ends inside its values');

  const hasTime = field(1) !== 0;
  const hasPrice = field(5) !== 0;
  const hasVolume = field(7) !== 0;
  const rawCount = (hasTime ? 0 : 1) + (hasPrice ? 0 : 4) + (hasVolume ? 0 : 1);
  if (bytes.length - rawOffset !== rawCount * count * 8) return err('packed block has the wrong length');
  const notes = aligned.subarray(notesOffset, notesOffset + noteCount);
  // Each packed column notes each of its blocks, so a claimed count cannot make us allocate for nothing.
  if (rawCount < 6 && noteCount < Math.ceil(count / BLOCK_VALUES)) return err('packed block lacks blocks');

  const found = rawCount === 0 ? quick?.({ bytes, count, wordCount, noteCount }) : null;
  if (found) return ok(found);

  // One buffer behind the six columns. What is new memory is slow to write: better in one go at the end.
  const isSmall = count <= SCRATCH_CANDLES;
  const all = isSmall ? scratch : new Float64Array(count * 6);
  const flags = [hasTime, hasPrice, hasPrice, hasPrice, hasPrice, hasVolume];
  for (let which = 0, from = rawOffset; which < 6; which++) {
    if (flags[which]) continue;
    for (let index = which * count; index < (which + 1) * count; index++, from += 8)
      all[index] = view.getFloat64(from, true);
  }

  const reader = new BlockReader(wordsOf(view), wordCount, notes);
  const [timeUnit, timeStep] = [field(1), field(2)];
  // The first candle's own entry is 0, so that it too is one step behind a candle before it.
  let timeMs = field(0) - timeStep * timeUnit;
  let ticks = field(3);
  for (let start = 0; start < count; start += BLOCK_VALUES) {
    const size = Math.min(BLOCK_VALUES, count - start);
    if (hasTime) {
      if (reader.skipZeros()) timeMs = restoreEvenTime(all, start, size, timeStep * timeUnit, timeMs);
      else if (reader.read(timeSteps, size)) timeMs = restoreTime(all, start, size, timeUnit, timeStep, timeMs);
      else return err('packed times are damaged');
    }
    if (hasPrice) {
      const isSound =
        reader.read(openSteps, size) &&
        reader.read(closeSteps, size) &&
        reader.read(highSteps, size) &&
        reader.read(lowSteps, size);
      if (!isSound) return err('packed prices are damaged');
      ticks = restorePrices(all, start, size, count, field(4), field(5), ticks);
    }
    if (hasVolume) {
      if (!reader.read(volumeSteps, size)) return err('packed volumes are damaged');
      restoreVolumes(all, start, size, count, field(6), field(7));
    }
  }
  if (!reader.isAtEnd) return err('packed block holds more than its candles');
  const { buffer } = isSmall ? new Float64Array(all.subarray(0, count * 6)) : all;
  const column = (which: number): Float64Array => new Float64Array(buffer, which * count * 8, count);
  const [time, open, high, low, close, volume] = [column(0), column(1), column(2), column(3), column(4), column(5)];
  return ok(Candles.wrap({ time, open, high, low, close, volume }));
}

/** As many candles as this are put together in memory that is kept, and therefore near. */
const SCRATCH_CANDLES = 1_024;
// Filled and read within one call; kept so that unpacking allocates nothing but its answer.
const scratch = new Float64Array(SCRATCH_CANDLES * 6);
const timeSteps = new Int32Array(BLOCK_VALUES);
const openSteps = new Int32Array(BLOCK_VALUES);
const closeSteps = new Int32Array(BLOCK_VALUES);
const highSteps = new Int32Array(BLOCK_VALUES);
const lowSteps = new Int32Array(BLOCK_VALUES);
const volumeSteps = new Int32Array(BLOCK_VALUES);

// Candles `[start, start + size)` go to columns one behind the other in `all`, each `count` long.

function restoreEvenTime(all: Float64Array, start: number, size: number, stepMs: number, lastMs: number): number {
  let now = lastMs;
  for (let index = 0; index < size; index = (index + 1) | 0) {
    now += stepMs;
    all[(start + index) | 0] = now;
  }
  return now;
}

function restoreTime(
  all: Float64Array,
  start: number,
  size: number,
  unit: number,
  step: number,
  lastMs: number,
): number {
  const steps = timeSteps;
  let now = lastMs;
  for (let index = 0; index < size; index = (index + 1) | 0) {
    now += ((steps[index]! >>> 0) + step) * unit;
    all[(start + index) | 0] = now;
  }
  return now;
}

/** Without branches, since every other candle's would be guessed wrong; `| 0` spares a check for overflow. */
function restorePrices(
  all: Float64Array,
  start: number,
  size: number,
  count: number,
  factor: number,
  divisor: number,
  ticks: number,
): number {
  const opens = openSteps;
  const closes = closeSteps;
  const highs = highSteps;
  const lows = lowSteps;
  const openAt = start + count;
  const highAt = openAt + count;
  const lowAt = highAt + count;
  const closeAt = lowAt + count;
  let last = ticks;
  for (let index = 0; index < size; index = (index + 1) | 0) {
    const body = unzigzag(closes[index]!);
    const rise = body & ~(body >> 31);
    const o = last + unzigzag(opens[index]!);
    last = o + body;
    all[(openAt + index) | 0] = (o * factor) / divisor;
    all[(highAt + index) | 0] = ((o + rise + (highs[index]! >>> 0)) * factor) / divisor;
    all[(lowAt + index) | 0] = ((last - rise - (lows[index]! >>> 0)) * factor) / divisor;
    all[(closeAt + index) | 0] = (last * factor) / divisor;
  }
  return last;
}

function restoreVolumes(
  all: Float64Array,
  start: number,
  size: number,
  count: number,
  factor: number,
  divisor: number,
): void {
  const steps = volumeSteps;
  const at = start + count * 5;
  for (let index = 0; index < size; index = (index + 1) | 0)
    all[(at + index) | 0] = ((steps[index]! >>> 0) * factor) / divisor;
}

const unzigzag = (value: number): number => (value >>> 1) ^ -(value & 1);

/** The next multiple of 8. */
export const padTo8 = (length: number): number => Math.ceil(length / 8) * 8;
const isCount = (value: number, max: number): boolean => Number.isSafeInteger(value) && value >= 0 && value <= max;

/** All whole words behind the header: those of the blocks, and what follows them. */
function wordsOf(view: DataView): Int32Array {
  const count = (view.byteLength - HEADER_BYTES) >> 2;
  if (IS_LITTLE_ENDIAN) return new Int32Array(view.buffer, view.byteOffset + HEADER_BYTES, count);
  return Int32Array.from({ length: count }, (_, index) => view.getInt32(HEADER_BYTES + index * 4, true));
}
