import { constants, deflateSync, inflateSync } from 'node:zlib';
import { assert, type CandleColumns } from '@wickworks/core';
import { readPlanes, unzigzag, writePlanes, zigzagInPlace } from './planes.js';
import { chooseDecimals, exactTicks, scaleOf, TICKS_MAX } from './ticks.js';

/*
 * Prices and volumes of up to 2^24 candles as one compressed block, exact to the bit.
 *
 *   u32   length of what follows once inflated
 *   zlib  stream (its Adler-32 guards the content), holding
 *     u8  version; u8 price decimals; u8 volume decimals (RAW: not ticks)
 *     u8  ×5 plane widths of open, close, high, low, volume
 *     u32 count; u32 ×5 numbers of exceptions
 *     planes of the five columns (planes.ts)
 *     exceptions of each column: u32 positions, then float64 values
 *
 * In ticks a candle is what it adds to what is known: open against the close before, close against open, high
 * and low against the body. A value without exact ticks is an exception and its nearest tick stands in for it.
 * Little-endian throughout, as every platform of Node is.
 */

const VERSION = 1;
const RAW = 255;
const HEADER_BYTES = 32;
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
  const widths = columns.map(({ numbers, raw }) => (raw === null ? zigzagInPlace(numbers, count) : 8));

  const planeBytes = widths.reduce((sum, width) => sum + width, 0) * count;
  const exceptionCount = columns.reduce((sum, column) => sum + column.exceptions.length, 0);
  const plain = new Uint8Array(HEADER_BYTES + planeBytes + exceptionCount * 12);
  const view = new DataView(plain.buffer);
  plain.set([VERSION, pricesAreTicks ? priceDecimals : RAW, volume.raw === null ? volumeDecimals : RAW, ...widths]);
  view.setUint32(8, count, true);
  let offset = HEADER_BYTES;
  columns.forEach(({ numbers, raw, exceptions }, index) => {
    view.setUint32(12 + index * 4, exceptions.length, true);
    offset =
      raw === null
        ? writePlanes(numbers, count, { width: widths[index]!, out: plain, offset })
        : writeRawPlanes(raw, count, plain, offset);
  });
  columns.forEach(({ exceptions }, index) => {
    const column = values[COLUMNS[index]!];
    for (const position of exceptions) offset = (view.setUint32(offset, position, true), offset + 4);
    for (const position of exceptions) offset = (view.setFloat64(offset, column[position]!, true), offset + 8);
  });
  // Run lengths and Huffman only: byte planes hold runs of zeros and noise, and looking for longer matches
  // takes twice the time for a larger result.
  const packed = deflateSync(plain, { level: 1, strategy: constants.Z_RLE });
  const block = new Uint8Array(4 + packed.length);
  new DataView(block.buffer).setUint32(0, plain.length, true);
  block.set(packed, 4);
  return block;
}

/**
 * Writes the block's values to the front of `out`, whose columns must hold `count`. Throws when the block is
 * damaged or holds another number of candles.
 */
export function decodeCandles(block: Uint8Array, out: ValueColumns, count: number): void {
  const plainLength = new DataView(block.buffer, block.byteOffset).getUint32(0, true);
  const plain = inflateSync(block.subarray(4), { chunkSize: Math.max(64, plainLength), maxOutputLength: plainLength });
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  assert(plain.length === plainLength && plain[0] === VERSION, 'block has the length and version it states');
  assert(view.getUint32(8, true) === count, `block holds ${count} candles`);
  let offset = HEADER_BYTES;
  COLUMNS.forEach((name, index) => {
    const width = plain[3 + index]!;
    const raw = plain[index === VOLUME ? 2 : 1] === RAW;
    offset = raw
      ? readRawPlanes(out[name], count, plain, offset)
      : readPlanes(out[name], count, { width, from: plain, offset });
  });
  if (plain[1] !== RAW) addKnown(out, count, scaleOf(plain[1]!));
  if (plain[2] !== RAW) {
    const scale = scaleOf(plain[2]!);
    for (let index = 0; index < count; index++) out.volume[index] = unzigzag(out.volume[index]!) / scale;
  }
  COLUMNS.forEach((name, index) => {
    const exceptions = view.getUint32(12 + index * 4, true);
    for (let k = 0; k < exceptions; k++)
      out[name][view.getUint32(offset + k * 4, true)] = view.getFloat64(offset + exceptions * 4 + k * 8, true);
    offset += exceptions * 12;
  });
  assert(offset === plainLength, 'block ends where its columns do');
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

/** Float64 values as eight byte planes, without any arithmetic on them. */
function writeRawPlanes(column: Float64Array, count: number, out: Uint8Array, offset: number): number {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, count * 8);
  for (let plane = 0; plane < 8; plane++)
    for (let index = 0; index < count; index++) out[offset + plane * count + index] = bytes[index * 8 + plane]!;
  return offset + count * 8;
}

function readRawPlanes(column: Float64Array, count: number, from: Uint8Array, offset: number): number {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, count * 8);
  for (let plane = 0; plane < 8; plane++)
    for (let index = 0; index < count; index++) bytes[index * 8 + plane] = from[offset + plane * count + index]!;
  return offset + count * 8;
}
