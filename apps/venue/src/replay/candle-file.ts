import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { candleFault, Candles, err, ok, openTimeAt, type Result, type Timeframe } from '@wickworks/core';

/** Candles of one file with the decimals its numbers were written with. */
export interface CandleFile {
  readonly candles: Candles;
  readonly priceDecimals: number;
  readonly volumeDecimals: number;
}

const HEADER = 'time,open,high,low,close,volume';
const NEWLINE = 10;
const COMMA = 44;
const DOT = 46;
const ZERO = 48;
/** More digits than this do not fit a float64 whole number; such a field takes the slow, exact road. */
const FAST_DIGITS = 15;

/**
 * Reads a gzip or plain CSV candle file (`time,open,high,low,close,volume`, ms UTC, rising, aligned to
 * `timeframe`). The error is one line with file, line number and reason; nothing is skipped.
 */
export function readCandleFile(path: string, timeframe: Timeframe): Result<CandleFile, string> {
  const name = basename(path);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
    if (path.endsWith('.gz')) bytes = gunzipSync(bytes);
  } catch (error) {
    return err(`${name}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = parseCandleCsv(bytes, timeframe);
  return parsed.ok ? parsed : err(`${name}:${parsed.error}`);
}

/** Parses the bytes of a candle CSV; the error starts with the line number. */
export function parseCandleCsv(bytes: Uint8Array, timeframe: Timeframe): Result<CandleFile, string> {
  const headerEnd = lineEnd(bytes, 0);
  if (textOf(bytes, 0, headerEnd).trim().toLowerCase() !== HEADER) return err(`1: the header must be "${HEADER}"`);
  const columns = emptyColumns(Math.ceil(bytes.length / SHORTEST_ROW_BYTES));
  const row = new Float64Array(6);
  const decimals = new Int32Array(6);
  let count = 0;
  let previousMs = -1;
  let line = 1;
  for (let at = headerEnd + 1; at < bytes.length; count++) {
    line++;
    const end = readRow(bytes, at, row, decimals);
    if (end < 0) return err(`${line}: ${rowFault(bytes, at)}`);
    const time = row[0]!;
    const fault = candleFault([time, row[1]!, row[2]!, row[3]!, row[4]!, row[5]!]);
    if (fault !== null) return err(`${line}: ${fault}`);
    if (time <= previousMs) return err(`${line}: time ${time} does not lie after the row before`);
    if (openTimeAt(timeframe, time) !== time) return err(`${line}: time ${time} is no open time of ${timeframe}`);
    previousMs = time;
    columns.time[count] = time;
    columns.open[count] = row[1]!;
    columns.high[count] = row[2]!;
    columns.low[count] = row[3]!;
    columns.close[count] = row[4]!;
    columns.volume[count] = row[5]!;
    at = end;
  }
  if (count === 0) return err(`${line}: the file holds no candle`);
  return ok({
    candles: Candles.wrap(columns, count),
    priceDecimals: Math.max(decimals[1]!, decimals[2]!, decimals[3]!, decimals[4]!),
    volumeDecimals: decimals[5]!,
  });
}

/** A row cannot be shorter than this, so no more rows fit the bytes. */
const SHORTEST_ROW_BYTES = '0,1,1,1,1,0\n'.length;

function emptyColumns(size: number): Record<'time' | 'open' | 'high' | 'low' | 'close' | 'volume', Float64Array> {
  const column = (): Float64Array => new Float64Array(size);
  return { time: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
}

/**
 * Reads six numbers into `row`, widens `decimals` (digits after the point, trailing zeros aside) and tells
 * where the next line starts; -1 when the line is no row. One pass over the bytes: a year of minutes is
 * read on every start of a market.
 */
function readRow(bytes: Uint8Array, from: number, row: Float64Array, decimals: Int32Array): number {
  let fieldStart = from;
  let column = 0;
  let mantissa = 0;
  let digits = 0;
  let fraction = -1;
  let plain = true;
  for (let at = from; ; at++) {
    const byte = at < bytes.length ? bytes[at]! : NEWLINE;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      if (fraction >= 0) fraction++;
    } else if (byte === DOT && fraction < 0) fraction = 0;
    else if (byte === COMMA || byte === NEWLINE) {
      if (column > 5) return -1;
      if (plain && digits > 0 && digits <= FAST_DIGITS) {
        // Exact: both are whole numbers below 2^53 and 10^22, so the quotient is the nearest float64.
        row[column] = fraction > 0 ? mantissa / POWERS[fraction]! : mantissa;
        if (fraction > decimals[column]!) decimals[column] = significantDecimals(mantissa, fraction, decimals[column]!);
      } else if (!readSlowly(textOf(bytes, fieldStart, at), column, row, decimals)) return -1;
      if (byte === NEWLINE) return column === 5 ? at + 1 : -1;
      column++;
      fieldStart = at + 1;
      mantissa = digits = 0;
      fraction = -1;
      plain = true;
    } else plain = false;
  }
}

const POWERS = Float64Array.from({ length: FAST_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/** Digits after the point once trailing zeros are gone, but not fewer than `least`. */
function significantDecimals(mantissa: number, fraction: number, least: number): number {
  let rest = mantissa;
  let decimals = fraction;
  while (decimals > least && rest % 10 === 0) {
    rest /= 10;
    decimals--;
  }
  return decimals;
}

/** The exact road for long, blank-padded or exponent spellings, and the refusal of everything else. */
function readSlowly(field: string, column: number, row: Float64Array, decimals: Int32Array): boolean {
  const text = field.trim();
  if (!NUMBER.test(text)) return false;
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const fraction = (mantissa.split('.')[1] ?? '').replace(/0+$/, '');
  row[column] = Number(text);
  decimals[column] = Math.max(decimals[column]!, fraction.length - Number(exponent));
  return true;
}

const NUMBER = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** What is wrong with the line at `from`, in words. */
function rowFault(bytes: Uint8Array, from: number): string {
  const fields = textOf(bytes, from, lineEnd(bytes, from)).trim().split(',');
  if (fields.length !== 6) return `a row has six fields, this one ${fields.length}`;
  return `"${fields.find((field) => !NUMBER.test(field.trim())) ?? ''}" is not a number`;
}

const textOf = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');

function lineEnd(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(NEWLINE, from);
  return at === -1 ? bytes.length : at;
}
