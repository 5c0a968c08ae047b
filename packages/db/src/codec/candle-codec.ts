import { constants, crc32, deflateSync, inflateSync } from 'node:zlib';
import { assert, type CandleColumns } from '@wickworks/core';
import { fromPlanes, fromRawPlanes, isNoise, toPlanes, toRawPlanes, unzigzag, zigzagInPlace } from './planes.js';
import { chooseDecimals, exactTicks, scaleOf, TICKS_MAX } from './ticks.js';

/*
 * Prices and volumes of up to 2^24 candles as one compressed block, exact to the bit.
 *
 *   u32   length of the head once inflated; u32 length of the head as it lies here
 *   zlib  stream (its Adler-32 guards the content): the head, holding
 *     u8  version; u8 price decimals; u8 volume decimals (RAW: not ticks)
 *     u8  ×5 plane widths of open, close, high, low, volume
 *     u8  ×5 which of a column's planes are noise, as bits; 3 bytes unused
 *     u32 count; u32 ×5 numbers of exceptions; u32 CRC-32 of the noise
 *     planes of the five columns (planes.ts) but noise
 *     exceptions of each column: u32 positions, then float64 values
 *   noise planes of the five columns, as they are
 *
 * In ticks a candle is what it adds to what is known: open against the close before, close against open, high
 * and low against the body. A value without exact ticks is an exception and its nearest tick stands in for it.
 * Little-endian throughout, as every platform of Node is.
 */

const VERSION = 1;
const RAW = 255;
const HEADER_BYTES = 44;
const WIDTHS_AT = 3;
const NOISE_AT = 8;
const COUNT_AT = 16;
const EXCEPTIONS_AT = 20;
const CRC_AT = 40;
const LENGTHS_BYTES = 8;
/** Five columns of eight planes, every value an exception besides. */
const CANDLE_BYTES_MAX = 5 * (8 + 12);
const COLUMNS = ['open', 'close', 'high', 'low', 'volume'] as const;
const OPEN = 0;
const CLOSE = 1;
const HIGH = 2;
const LOW = 3;
const VOLUME = 4;
/** Beyond this share of exceptions raw float64 planes are smaller. */
const EXCEPTION_SHARE_MAX = 0.5;

/** The value columns of a block; times are kept apart (time-runs.ts). */
export type ValueColumns = Pick<CandleColumns, (typeof COLUMNS)[number]>;

interface Column {
  /** Whole numbers to be written as planes, zigzagged; empty when raw. */
  readonly numbers: Float64Array;
  readonly raw: Float64Array | null;
  readonly exceptions: readonly number[];
}

/** The first `count` values of each column as one block. */
export function encodeCandles(values: ValueColumns, count: number): Uint8Array {
  const prices = COLUMNS.slice(0, VOLUME).map((name) => values[name]);
  const priceDecimals = chooseDecimals(prices, count);
  const volumeDecimals = chooseDecimals([values.volume], count);
  const priceColumns = prices.map((column) => toTicks(column, count, priceDecimals));
  const pricesAreTicks = priceColumns.every((column) => column.raw === null);
  if (pricesAreTicks) subtractKnown(priceColumns, count);
  const volume = toTicks(values.volume, count, volumeDecimals);
  const columns = [...(pricesAreTicks ? priceColumns : prices.map(rawColumn)), volume];
  const planes = columns.map(({ numbers, raw }) =>
    raw === null ? toPlanes(numbers, count, zigzagInPlace(numbers, count)) : toRawPlanes(raw, count),
  );
  const quiet: Uint8Array[] = [];
  const noise: Uint8Array[] = [];
  const noiseBits = planes.map((own) =>
    own.reduce((bits, plane, number) => {
      const noisy = isNoise(plane);
      (noisy ? noise : quiet).push(plane);
      return noisy ? bits | (1 << number) : bits;
    }, 0),
  );

  const exceptionCount = columns.reduce((sum, column) => sum + column.exceptions.length, 0);
  const head = new Uint8Array(HEADER_BYTES + quiet.length * count + exceptionCount * 12);
  const view = new DataView(head.buffer);
  head.set([VERSION, pricesAreTicks ? priceDecimals : RAW, volume.raw === null ? volumeDecimals : RAW]);
  head.set(planes.map((own) => own.length), WIDTHS_AT); // prettier-ignore
  head.set(noiseBits, NOISE_AT);
  view.setUint32(COUNT_AT, count, true);
  columns.forEach(({ exceptions }, index) => view.setUint32(EXCEPTIONS_AT + index * 4, exceptions.length, true));
  const noiseBytes = Buffer.concat(noise);
  view.setUint32(CRC_AT, crc32(noiseBytes), true);
  let offset = HEADER_BYTES;
  for (const plane of quiet) {
    head.set(plane, offset);
    offset += count;
  }
  columns.forEach(({ exceptions }, index) => {
    const column = values[COLUMNS[index]!];
    for (const position of exceptions) {
      view.setUint32(offset, position, true);
      offset += 4;
    }
    for (const position of exceptions) {
      view.setFloat64(offset, column[position]!, true);
      offset += 8;
    }
  });
  // Run lengths and Huffman only: byte planes hold runs of zeros and skewed bytes, and looking for longer matches
  // takes twice the time for a larger result.
  const packed = deflateSync(head, { level: 1, strategy: constants.Z_RLE });
  const lengths = Buffer.alloc(LENGTHS_BYTES);
  lengths.writeUInt32LE(head.length, 0);
  lengths.writeUInt32LE(packed.length, 4);
  return Buffer.concat([lengths, packed, noiseBytes]);
}

/**
 * Writes the block's values to the front of `out`, whose columns must hold `count`. Throws when the block is
 * damaged or holds another number of candles.
 */
export function decodeCandles(block: Uint8Array, out: ValueColumns, count: number): void {
  const lengths = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const headLength = lengths.getUint32(0, true);
  assert(headLength <= HEADER_BYTES + count * CANDLE_BYTES_MAX, 'head is no longer than its candles can make it');
  const noise = block.subarray(LENGTHS_BYTES + lengths.getUint32(4, true));
  const packed = block.subarray(LENGTHS_BYTES, block.length - noise.length);
  const head = inflateSync(packed, { chunkSize: Math.max(64, headLength), maxOutputLength: Math.max(1, headLength) });
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  assert(head.length === headLength && head[0] === VERSION, 'block has the length and version it states');
  assert(view.getUint32(COUNT_AT, true) === count, `block holds ${count} candles`);
  assert(view.getUint32(CRC_AT, true) === crc32(noise), 'noise planes are what was written');

  let offset = HEADER_BYTES;
  let noiseOffset = 0;
  COLUMNS.forEach((name, index) => {
    const noiseBits = head[NOISE_AT + index]!;
    const planes = Array.from({ length: head[WIDTHS_AT + index]! }, (_, number) => {
      if ((noiseBits & (1 << number)) === 0) return head.subarray(offset, (offset += count));
      return noise.subarray(noiseOffset, (noiseOffset += count));
    });
    const raw = head[index === VOLUME ? 2 : 1] === RAW;
    if (raw) fromRawPlanes(planes, out[name], count);
    else fromPlanes(planes, out[name], count);
  });
  assert(noiseOffset === noise.length, 'block holds the noise planes it states');
  if (head[1] !== RAW) addKnown(out, count, scaleOf(head[1]!));
  if (head[2] !== RAW) {
    const scale = scaleOf(head[2]!);
    for (let index = 0; index < count; index++) out.volume[index] = unzigzag(out.volume[index]!) / scale;
  }
  COLUMNS.forEach((name, index) => {
    const exceptions = view.getUint32(EXCEPTIONS_AT + index * 4, true);
    for (let k = 0; k < exceptions; k++)
      out[name][view.getUint32(offset + k * 4, true)] = view.getFloat64(offset + exceptions * 4 + k * 8, true);
    offset += exceptions * 12;
  });
  assert(offset === headLength, 'block ends where its columns do');
}

/** A column in ticks of `decimals`, or raw when too many values have no exact ticks. */
function toTicks(column: Float64Array, count: number, decimals: number): Column {
  const scale = scaleOf(decimals);
  const numbers = new Float64Array(count);
  const exceptions: number[] = [];
  const exceptionsMax = count * EXCEPTION_SHARE_MAX;
  let last = 0;
  for (let index = 0; index < count; index++) {
    const value = column[index]!;
    const ticks = exactTicks(value, scale);
    if (Number.isNaN(ticks)) {
      exceptions.push(index);
      if (exceptions.length > exceptionsMax) return rawColumn(column);
      const nearest = Math.round(value * scale);
      if (Math.abs(nearest) <= TICKS_MAX) last = nearest; // else the last one: NaN compares false
    } else {
      last = ticks;
    }
    numbers[index] = last;
  }
  return { numbers, raw: null, exceptions };
}

const rawColumn = (column: Float64Array): Column => ({ numbers: new Float64Array(0), raw: column, exceptions: [] });

/** Turns the four price columns from ticks into what each adds to what is already known. */
function subtractKnown(columns: readonly Column[], count: number): void {
  const open = columns[OPEN]!.numbers;
  const close = columns[CLOSE]!.numbers;
  const high = columns[HIGH]!.numbers;
  const low = columns[LOW]!.numbers;
  let closeBefore = 0;
  for (let index = 0; index < count; index++) {
    const opened = open[index]!;
    const closed = close[index]!;
    high[index] = high[index]! - Math.max(opened, closed);
    low[index] = Math.min(opened, closed) - low[index]!;
    open[index] = opened - closeBefore;
    close[index] = closed - opened;
    closeBefore = closed;
  }
}

/** Undoes {@link subtractKnown} in place, from zigzagged ticks to prices. */
function addKnown(out: ValueColumns, count: number, scale: number): void {
  const { open, high, low, close } = out;
  let closeBefore = 0;
  for (let index = 0; index < count; index++) {
    const opened = closeBefore + unzigzag(open[index]!);
    const closed = opened + unzigzag(close[index]!);
    high[index] = (Math.max(opened, closed) + unzigzag(high[index]!)) / scale;
    low[index] = (Math.min(opened, closed) - unzigzag(low[index]!)) / scale;
    open[index] = opened / scale;
    close[index] = closed / scale;
    closeBefore = closed;
  }
}
