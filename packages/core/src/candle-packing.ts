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

  const buffer = new ArrayBuffer(count * 48);
  const column = (index: number): Float64Array => new Float64Array(buffer, index * count * 8, count);
  const [time, open, high, low, close, volume] = [column(0), column(1), column(2), column(3), column(4), column(5)];
  const raw = [
    ...(hasTime ? [] : [time]),
    ...(hasPrice ? [] : [open, high, low, close]),
    ...(hasVolume ? [] : [volume]),
  ];
  raw.forEach((target, which) => {
    for (let index = 0; index < count; index++)
      target[index] = view.getFloat64(rawOffset + (which * count + index) * 8, true);
  });

  const reader = new BlockReader(wordsOf(view, wordCount), notes);
  const [timeUnit, timeStep] = [field(1), field(2)];
  // The first candle's own entry is 0, so that it too is one step behind a candle before it.
  let timeMs = field(0) - timeStep * timeUnit;
  let ticks = field(3);
  for (let start = 0; start < count; start += BLOCK_VALUES) {
    const size = Math.min(BLOCK_VALUES, count - start);
    if (hasTime) {
      if (!reader.read(timeSteps, size)) return err('packed times are damaged');
      timeMs = restoreTime({ time, start, size, unit: timeUnit, step: timeStep, lastMs: timeMs });
    }
    if (hasPrice) {
      const isSound =
        reader.read(openSteps, size) &&
        reader.read(closeSteps, size) &&
        reader.read(highSteps, size) &&
        reader.read(lowSteps, size);
      if (!isSound) return err('packed prices are damaged');
      ticks = restorePrices({ open, high, low, close, start, size, factor: field(4), divisor: field(5), ticks });
    }
    if (hasVolume) {
      if (!reader.read(volumeSteps, size)) return err('packed volumes are damaged');
      restoreVolumes({ volume, start, size, factor: field(6), divisor: field(7) });
    }
  }
  if (!reader.isAtEnd) return err('packed block holds more than its candles');
  return ok(Candles.wrap({ time, open, high, low, close, volume }));
}

// Filled and read within one call; kept so that unpacking allocates nothing but its answer.
const timeSteps = new Uint32Array(BLOCK_VALUES);
const openSteps = new Uint32Array(BLOCK_VALUES);
const closeSteps = new Uint32Array(BLOCK_VALUES);
const highSteps = new Uint32Array(BLOCK_VALUES);
const lowSteps = new Uint32Array(BLOCK_VALUES);
const volumeSteps = new Uint32Array(BLOCK_VALUES);

interface TimeBlock {
  readonly time: Float64Array;
  readonly start: number;
  readonly size: number;
  readonly unit: number;
  readonly step: number;
  readonly lastMs: number;
}

function restoreTime({ time, start, size, unit, step, lastMs }: TimeBlock): number {
  let now = lastMs;
  for (let index = 0; index < size; index++) {
    now += (timeSteps[index]! + step) * unit;
    time[start + index] = now;
  }
  return now;
}

interface PriceBlock {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly start: number;
  readonly size: number;
  readonly factor: number;
  readonly divisor: number;
  readonly ticks: number;
}

function restorePrices(block: PriceBlock): number {
  const { open, high, low, close, start, size, factor, divisor } = block;
  let last = block.ticks;
  for (let index = 0; index < size; index++) {
    const o = last + unzigzag(openSteps[index]!);
    const c = o + unzigzag(closeSteps[index]!);
    const h = (o > c ? o : c) + highSteps[index]!;
    const l = (o > c ? c : o) - lowSteps[index]!;
    open[start + index] = (o * factor) / divisor;
    high[start + index] = (h * factor) / divisor;
    low[start + index] = (l * factor) / divisor;
    close[start + index] = (c * factor) / divisor;
    last = c;
  }
  return last;
}

interface VolumeBlock {
  readonly volume: Float64Array;
  readonly start: number;
  readonly size: number;
  readonly factor: number;
  readonly divisor: number;
}

function restoreVolumes({ volume, start, size, factor, divisor }: VolumeBlock): void {
  for (let index = 0; index < size; index++) volume[start + index] = (volumeSteps[index]! * factor) / divisor;
}

const unzigzag = (value: number): number => (value >>> 1) ^ -(value & 1);

/** The next multiple of 8. */
export const padTo8 = (length: number): number => Math.ceil(length / 8) * 8;
const isCount = (value: number, max: number): boolean => Number.isSafeInteger(value) && value >= 0 && value <= max;

function wordsOf(view: DataView, count: number): Uint32Array {
  if (IS_LITTLE_ENDIAN) return new Uint32Array(view.buffer, view.byteOffset + HEADER_BYTES, count);
  return Uint32Array.from({ length: count }, (_, index) => view.getUint32(HEADER_BYTES + index * 4, true));
}
