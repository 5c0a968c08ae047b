import { BLOCK_VALUES, BlockReader, BlockWriter } from './bit-blocks.js';
import { Candles, type CandleColumns } from './candle-columns.js';
import { err, ok, type Result } from './result.js';

// Layout (all little-endian; docs/websocket.md explains it to writers of other clients):
//   10 float64: firstTime, timeUnit, timeStep, firstTicks, priceFactor, priceDivisor, volumeFactor, volumeDivisor,
//               wordCount, noteCount
//   wordCount × uint32, noteCount × uint8, zeros up to a multiple of 8
//   raw float64 columns for what is not packed: time, then open high low close, then volume
// A unit or divisor of 0 says that the column is raw. Packed columns come in blocks of 128 candles, and within a block
// as: time, open, close, high, low, volume.
const HEADER_VALUES = 10;
const HEADER_BYTES = HEADER_VALUES * 8;
const DECIMALS_MAX = 15;
const UINT32_MAX = 0xffff_ffff;
const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** value = whole × factor / divisor, exactly: both sides are whole numbers that float64 holds, and division rounds once. */
interface Scale {
  readonly factor: number;
  readonly divisor: number;
}

interface PackedColumn {
  /** Unsigned 32-bit numbers, one per candle. */
  readonly values: Uint32Array;
}
interface TimePlan extends PackedColumn {
  readonly unit: number;
  readonly step: number;
}
interface PricePlan {
  readonly scale: Scale;
  readonly firstTicks: number;
  readonly open: Uint32Array;
  readonly close: Uint32Array;
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}
interface VolumePlan extends PackedColumn {
  readonly scale: Scale;
}

/**
 * Lossless packed bytes of `candles`, a multiple of 8 long: whole ticks, open against the close before, close against
 * open, high and low as excess over the body, in blocks of patched bit packing. Columns that are no exact decimals
 * stay float64.
 */
export function packCandles(candles: CandleColumns): Uint8Array {
  if (candles.length === 0) return new Uint8Array(0);
  const time = planTime(candles);
  const price = planPrice(candles);
  const volume = planVolume(candles);
  const writer = new BlockWriter();
  for (let start = 0; start < candles.length; start += BLOCK_VALUES) {
    const put = (values: Uint32Array): void => writer.write(values.subarray(start, start + BLOCK_VALUES));
    if (time) put(time.values);
    if (price) for (const column of [price.open, price.close, price.high, price.low]) put(column);
    if (volume) put(volume.values);
  }
  const header = Float64Array.of(
    candles.time[0]!,
    time?.unit ?? 0,
    time?.step ?? 0,
    price?.firstTicks ?? 0,
    price?.scale.factor ?? 0,
    price?.scale.divisor ?? 0,
    volume?.scale.factor ?? 0,
    volume?.scale.divisor ?? 0,
    writer.words.length,
    writer.notes.length,
  );
  const raw = [
    ...(time ? [] : [candles.time]),
    ...(price ? [] : [candles.open, candles.high, candles.low, candles.close]),
    ...(volume ? [] : [candles.volume]),
  ];
  return assemble({ header, writer, raw, count: candles.length });
}

function assemble(parts: {
  header: Float64Array;
  writer: BlockWriter;
  raw: Float64Array[];
  count: number;
}): Uint8Array {
  const { header, writer, raw, count } = parts;
  const rawOffset = padTo8(HEADER_BYTES + writer.words.length * 4 + writer.notes.length);
  const bytes = new Uint8Array(rawOffset + raw.length * count * 8);
  const view = new DataView(bytes.buffer);
  header.forEach((value, index) => view.setFloat64(index * 8, value, true));
  writer.words.forEach((word, index) => view.setUint32(HEADER_BYTES + index * 4, word, true));
  bytes.set(writer.notes, HEADER_BYTES + writer.words.length * 4);
  raw.forEach((column, which) => {
    for (let index = 0; index < count; index++)
      view.setFloat64(rawOffset + (which * count + index) * 8, column[index]!, true);
  });
  return bytes;
}

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

function planTime(candles: CandleColumns): TimePlan | undefined {
  const { time, length } = candles;
  if (!Number.isSafeInteger(time[0]) || Object.is(time[0], -0)) return undefined;
  let unit = 0;
  let least = Infinity;
  for (let index = 1; index < length; index++) {
    const delta = time[index]! - time[index - 1]!;
    if (!Number.isSafeInteger(time[index]) || !(delta > 0)) return undefined;
    unit = commonDivisor(unit, delta);
    least = Math.min(least, delta);
  }
  if (length === 1) [unit, least] = [1, 0];
  const values = new Uint32Array(length);
  for (let index = 1; index < length; index++) {
    const extra = (time[index]! - time[index - 1]! - least) / unit;
    if (extra > UINT32_MAX) return undefined;
    values[index] = extra;
  }
  return { values, unit, step: least / unit };
}

function planPrice({ open, high, low, close, length }: CandleColumns): PricePlan | undefined {
  const scaled = toWhole([open, high, low, close], length);
  if (!scaled) return undefined;
  const [o, h, l, c] = scaled.columns;
  const plan = {
    scale: scaled.scale,
    firstTicks: o![0]!,
    open: new Uint32Array(length),
    close: new Uint32Array(length),
    high: new Uint32Array(length),
    low: new Uint32Array(length),
  };
  let last = plan.firstTicks;
  for (let index = 0; index < length; index++) {
    const openStep = zigzag(o![index]! - last);
    const closeStep = zigzag(c![index]! - o![index]!);
    const highStep = h![index]! - Math.max(o![index]!, c![index]!);
    const lowStep = Math.min(o![index]!, c![index]!) - l![index]!;
    if (!areUint32(openStep, closeStep, highStep, lowStep)) return undefined;
    plan.open[index] = openStep;
    plan.close[index] = closeStep;
    plan.high[index] = highStep;
    plan.low[index] = lowStep;
    last = c![index]!;
  }
  return plan;
}

function planVolume({ volume, length }: CandleColumns): VolumePlan | undefined {
  const scaled = toWhole([volume], length);
  const whole = scaled?.columns[0];
  if (!scaled || !whole?.every((value) => areUint32(value))) return undefined;
  return { values: Uint32Array.from(whole), scale: scaled.scale };
}

/** The columns as whole multiples of the largest step they share, or `undefined` when they are no exact decimals. */
function toWhole(
  columns: readonly Float64Array[],
  length: number,
): { columns: Float64Array[]; scale: Scale } | undefined {
  let decimals = 0;
  for (const column of columns)
    for (let index = 0; index < length; index++)
      while (!isWholeAt(column[index]!, decimals)) if (++decimals > DECIMALS_MAX) return undefined;
  const divisor = 10 ** decimals;
  let factor = 0;
  const whole = columns.map((column) => {
    const values = new Float64Array(length);
    for (let index = 0; index < length; index++) {
      // Adding 0 turns -0 into 0, which the check of bits below then tells apart.
      values[index] = Math.round(column[index]! * divisor) + 0;
      factor = commonDivisor(factor, Math.abs(values[index]!));
    }
    return values;
  });
  factor = Math.max(1, factor);
  for (const values of whole) for (let index = 0; index < length; index++) values[index] = values[index]! / factor;
  // A value fitting fewer decimals may, as a larger whole number, still miss its float64: the last word is the bits.
  const isExact = columns.every((column, which) => {
    for (let index = 0; index < length; index++)
      if (!Object.is((whole[which]![index]! * factor) / divisor, column[index])) return false;
    return true;
  });
  return isExact ? { columns: whole, scale: { factor, divisor } } : undefined;
}

function isWholeAt(value: number, decimals: number): boolean {
  const divisor = 10 ** decimals;
  const whole = Math.round(value * divisor);
  return Number.isSafeInteger(whole) && whole / divisor === value;
}

function commonDivisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

const areUint32 = (...values: readonly number[]): boolean => values.every((value) => value >= 0 && value <= UINT32_MAX);

const zigzag = (value: number): number => (value >= 0 ? value * 2 : value * -2 - 1);
const unzigzag = (value: number): number => (value >>> 1) ^ -(value & 1);

const padTo8 = (length: number): number => Math.ceil(length / 8) * 8;
const isCount = (value: number, max: number): boolean => Number.isSafeInteger(value) && value >= 0 && value <= max;

function wordsOf(view: DataView, count: number): Uint32Array {
  if (IS_LITTLE_ENDIAN) return new Uint32Array(view.buffer, view.byteOffset + HEADER_BYTES, count);
  return Uint32Array.from({ length: count }, (_, index) => view.getUint32(HEADER_BYTES + index * 4, true));
}
