import * as z from 'zod';
import {
  assert,
  Candles,
  err,
  ok,
  packCandles,
  unpackCandles,
  type CandleColumns,
  type Gap,
  type Result,
} from '@wickworks/core';
import { BackfillMessage, HistoryMessage, SnapshotMessage, type CandleEncoding } from './ws-ohlcv.js';

/** How the candle block of a binary frame is laid out; `json` blocks travel as text messages instead. */
export type BinaryEncoding = Exclude<CandleEncoding, 'json'>;

/** Indicator name → output name → one value per candle; `NaN` while warming up. */
export type IndicatorColumns = Readonly<Record<string, Readonly<Record<string, Float64Array>>>>;

/** A `snapshot`, `history` or `backfill` message whose candles are columns. */
export type CandleFrame =
  | {
      readonly kind: 'snapshot';
      readonly subscription: string;
      readonly seq: number;
      readonly candles: CandleColumns;
      readonly gaps: readonly Gap[];
      readonly forming: boolean;
      readonly indicators?: IndicatorColumns | undefined;
    }
  | {
      readonly kind: 'history';
      readonly id: string;
      readonly subscription: string;
      readonly candles: CandleColumns;
      readonly gaps: readonly Gap[];
      readonly complete: boolean;
    }
  | {
      readonly kind: 'backfill';
      readonly subscription: string;
      readonly seq: number;
      readonly candles: CandleColumns;
      readonly gaps?: readonly Gap[] | undefined;
    };

/** More candles than any message carries; a frame claiming more is refused before anything is allocated. */
export const CANDLE_FRAME_CANDLES_MAX = 100_000;

const MAGIC = 0x314b4357; // "WCK1", little-endian
const PROLOGUE_BYTES = 24;
const ENCODING_CODES = { f64: 1, packed: 2 } as const satisfies Record<BinaryEncoding, number>;
const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** `[indicator, [output, …]]` in the order the columns follow: an object would let keys like "7" jump the queue. */
const ColumnNames = z.array(z.tuple([z.string(), z.array(z.string()).max(64)])).max(64);
type ColumnNames = z.infer<typeof ColumnNames>;
/** The JSON message without its numbers. */
const FrameHeader = z.discriminatedUnion('kind', [
  SnapshotMessage.omit({ candles: true, indicators: true }).extend({ indicators: ColumnNames.optional() }),
  HistoryMessage.omit({ candles: true }),
  BackfillMessage.omit({ candles: true }),
]);
type FrameHeader = z.infer<typeof FrameHeader>;

/** One binary WebSocket message holding `frame`; its byte layout is in docs/websocket.md. */
export function encodeCandleFrame(frame: CandleFrame, encoding: BinaryEncoding): Uint8Array<ArrayBuffer> {
  return encodeCandleFrameWith(frame, encoding, encodeCandleBlock(frame.candles, encoding));
}

/** The candle part of a frame alone, for servers that send the same candles to many clients. */
export function encodeCandleBlock(candles: CandleColumns, encoding: BinaryEncoding): Uint8Array {
  return encoding === 'packed' ? packCandles(candles) : rawBlock(candles);
}

/** {@link encodeCandleFrame} around a block made before by {@link encodeCandleBlock} from the same candles. */
export function encodeCandleFrameWith(
  frame: CandleFrame,
  encoding: BinaryEncoding,
  block: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const header = new TextEncoder().encode(JSON.stringify(headerOf(frame)));
  const headerBytes = padTo8(header.length);
  const count = frame.candles.length;
  assert(count <= CANDLE_FRAME_CANDLES_MAX && block.length % 8 === 0, 'block fits a frame');
  const columns = frame.kind === 'snapshot' ? columnsOf(frame.indicators ?? {}) : [];
  const bytes = new Uint8Array(PROLOGUE_BYTES + headerBytes + block.length + columns.length * count * 8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, ENCODING_CODES[encoding], true);
  view.setUint32(8, headerBytes, true);
  view.setUint32(12, count, true);
  view.setUint32(16, block.length, true);
  bytes.fill(0x20, PROLOGUE_BYTES + header.length, PROLOGUE_BYTES + headerBytes);
  bytes.set(header, PROLOGUE_BYTES);
  bytes.set(block, PROLOGUE_BYTES + headerBytes);
  let offset = PROLOGUE_BYTES + headerBytes + block.length;
  for (const column of columns) {
    writeColumn(view, offset, column, count);
    offset += count * 8;
  }
  return bytes;
}

/**
 * The message inside a binary frame, or why it is none. Nothing a sender does makes this throw. Columns of an
 * 8-byte aligned `f64` frame are views on `bytes`, which must then not be written to afterwards. The candles
 * themselves (order, high ≥ low) are not judged here.
 */
export function decodeCandleFrame(bytes: Uint8Array): Result<CandleFrame, string> {
  if (bytes.length < PROLOGUE_BYTES) return err('frame is shorter than its prologue');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) return err('frame does not start with "WCK1"');
  const encodingCode = view.getUint32(4, true);
  const headerBytes = view.getUint32(8, true);
  const count = view.getUint32(12, true);
  const blockBytes = view.getUint32(16, true);
  if (view.getUint32(20, true) !== 0) return err('reserved bytes of the prologue are not zero');
  if (headerBytes % 8 !== 0 || blockBytes % 8 !== 0) return err('a section is not padded to 8 bytes');
  if (count > CANDLE_FRAME_CANDLES_MAX) return err('frame claims too many candles');
  const blockOffset = PROLOGUE_BYTES + headerBytes;
  const columnsOffset = blockOffset + blockBytes;
  if (columnsOffset > bytes.length) return err('frame ends inside a section');

  const header = parseHeader(bytes.subarray(PROLOGUE_BYTES, blockOffset));
  if (!header.ok) return header;
  const columnCount = header.value.kind === 'snapshot' ? countOutputs(header.value.indicators ?? []) : 0;
  if (bytes.length - columnsOffset !== columnCount * count * 8) return err('frame length contradicts its header');

  const candles = decodeBlock({ view, offset: blockOffset, length: blockBytes, encodingCode, count });
  if (!candles.ok) return candles;
  if (header.value.kind !== 'snapshot') return ok({ ...header.value, candles: candles.value });
  const { indicators, ...snapshot } = header.value;
  return ok({
    ...snapshot,
    candles: candles.value,
    ...(indicators && { indicators: readIndicators(view, columnsOffset, indicators, count) }),
  });
}

function parseHeader(bytes: Uint8Array): Result<FrameHeader, string> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return err('frame header is not JSON in UTF-8');
  }
  const parsed = FrameHeader.safeParse(json);
  return parsed.success ? ok(parsed.data) : err(`frame header: ${z.prettifyError(parsed.error)}`);
}

interface BlockPlace {
  readonly view: DataView;
  readonly offset: number;
  readonly length: number;
  readonly encodingCode: number;
  readonly count: number;
}

function decodeBlock({ view, offset, length, encodingCode, count }: BlockPlace): Result<Candles, string> {
  switch (encodingCode) {
    case ENCODING_CODES.f64: {
      if (length !== count * 48) return err('block of float64 columns has the wrong length');
      const column = (index: number): Float64Array => readColumn(view, offset + index * count * 8, count);
      const [time, open, high] = [column(0), column(1), column(2)];
      return ok(Candles.wrap({ time, open, high, low: column(3), close: column(4), volume: column(5) }));
    }
    case ENCODING_CODES.packed:
      return unpackCandles(new Uint8Array(view.buffer, view.byteOffset + offset, length), count);
    default:
      return err('frame has an unknown encoding');
  }
}

function headerOf(frame: CandleFrame): FrameHeader {
  switch (frame.kind) {
    case 'snapshot': {
      const { kind, subscription, seq, forming } = frame;
      const names =
        frame.indicators &&
        Object.entries(frame.indicators).map(([name, columns]): [string, string[]] => [name, Object.keys(columns)]);
      return { kind, subscription, seq, gaps: [...frame.gaps], forming, ...(names && { indicators: names }) };
    }
    case 'history': {
      const { kind, id, subscription, complete } = frame;
      return { kind, id, subscription, gaps: [...frame.gaps], complete };
    }
    case 'backfill': {
      const { kind, subscription, seq } = frame;
      return { kind, subscription, seq, ...(frame.gaps && { gaps: [...frame.gaps] }) };
    }
  }
}

function rawBlock(candles: CandleColumns): Uint8Array {
  const count = candles.length;
  const bytes = new Uint8Array(count * 48);
  const view = new DataView(bytes.buffer);
  const { time, open, high, low, close, volume } = candles;
  [time, open, high, low, close, volume].forEach((column, index) =>
    writeColumn(view, index * count * 8, column, count),
  );
  return bytes;
}

const padTo8 = (length: number): number => (length + 7) & ~7;

const columnsOf = (indicators: IndicatorColumns): Float64Array[] =>
  Object.values(indicators).flatMap((columns) => Object.values(columns));

const countOutputs = (names: ColumnNames): number => names.reduce((sum, [, outputs]) => sum + outputs.length, 0);

function readIndicators(view: DataView, start: number, names: ColumnNames, count: number): IndicatorColumns {
  let offset = start;
  const next = (): Float64Array => {
    const column = readColumn(view, offset, count);
    offset += count * 8;
    return column;
  };
  return Object.fromEntries(
    names.map(([name, outputs]) => [
      name,
      Object.fromEntries(outputs.map((output): [string, Float64Array] => [output, next()])),
    ]),
  );
}

function writeColumn(view: DataView, offset: number, column: Float64Array, count: number): void {
  assert(column.length >= count, 'column holds a value for each candle');
  if (IS_LITTLE_ENDIAN && (view.byteOffset + offset) % 8 === 0) {
    new Float64Array(view.buffer, view.byteOffset + offset, count).set(column.subarray(0, count));
    return;
  }
  for (let index = 0; index < count; index++) view.setFloat64(offset + index * 8, column[index]!, true);
}

function readColumn(view: DataView, offset: number, count: number): Float64Array {
  if (IS_LITTLE_ENDIAN && (view.byteOffset + offset) % 8 === 0)
    return new Float64Array(view.buffer, view.byteOffset + offset, count);
  const column = new Float64Array(count);
  for (let index = 0; index < count; index++) column[index] = view.getFloat64(offset + index * 8, true);
  return column;
}
