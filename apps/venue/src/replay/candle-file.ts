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
const RETURN = 13;
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
  const text = new TextDecoder('latin1');
  const headerEnd = lineEnd(bytes, 0);
  if (text.decode(bytes.subarray(0, headerEnd)).trim().toLowerCase() !== HEADER) {
    return err(`1: the header must be "${HEADER}"`);
  }
  const candles = new Candles(Math.ceil(bytes.length / 40));
  const field = { value: 0, decimals: 0 };
  const row: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0];
  let priceDecimals = 0;
  let volumeDecimals = 0;
  let previousMs = -1;
  let line = 1;
  for (let at = headerEnd + 1; at < bytes.length;) {
    line++;
    const newline = lineEnd(bytes, at);
    const end = newline > at && bytes[newline - 1] === RETURN ? newline - 1 : newline;
    if (end === at && newline >= bytes.length) break;
    let from = at;
    for (let column = 0; column < 6; column++) {
      let to = from;
      while (to < end && bytes[to] !== COMMA) to++;
      if (column === 5 ? to !== end : to >= end) return err(`${line}: a row has six fields`);
      if (!readNumber(bytes, from, to, field)) {
        return err(`${line}: "${text.decode(bytes.subarray(from, to))}" is not a number`);
      }
      row[column] = field.value;
      if (column === 5) volumeDecimals = Math.max(volumeDecimals, field.decimals);
      else if (column > 0) priceDecimals = Math.max(priceDecimals, field.decimals);
      from = to + 1;
    }
    const fault = candleFault(row);
    if (fault !== null) return err(`${line}: ${fault}`);
    if (row[0] <= previousMs) return err(`${line}: time ${row[0]} does not lie after the row before`);
    if (openTimeAt(timeframe, row[0]) !== row[0]) return err(`${line}: time ${row[0]} is no open time of ${timeframe}`);
    previousMs = row[0];
    candles.push(row);
    at = newline + 1;
  }
  if (candles.length === 0) return err(`${line}: the file holds no candle`);
  return ok({ candles, priceDecimals, volumeDecimals });
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(NEWLINE, from);
  return at === -1 ? bytes.length : at;
}

/** Reads plain decimal text into `out`; `decimals` counts written digits after the point, trailing zeros aside. */
function readNumber(bytes: Uint8Array, from: number, to: number, out: { value: number; decimals: number }): boolean {
  let mantissa = 0;
  let digits = 0;
  let point = -1;
  for (let index = from; index < to; index++) {
    const byte = bytes[index]!;
    if (byte === DOT && point === -1) point = index;
    else if (byte >= ZERO && byte < ZERO + 10) {
      mantissa = mantissa * 10 + (byte - ZERO);
      digits++;
    } else return readSlowly(bytes, from, to, out);
  }
  if (digits === 0) return false;
  if (digits > FAST_DIGITS) return readSlowly(bytes, from, to, out);
  let decimals = point === -1 ? 0 : to - point - 1;
  // Exact: both are whole numbers below 2^53 and 10^22, so the quotient is the nearest float64.
  out.value = decimals === 0 ? mantissa : mantissa / 10 ** decimals;
  while (decimals > 0 && mantissa % 10 === 0) {
    mantissa /= 10;
    decimals--;
  }
  out.decimals = decimals;
  return true;
}

function readSlowly(bytes: Uint8Array, from: number, to: number, out: { value: number; decimals: number }): boolean {
  const text = new TextDecoder('latin1').decode(bytes.subarray(from, to)).trim();
  if (!/^\d*\.?\d+(e[+-]?\d+)?$/i.test(text)) return false;
  out.value = Number(text);
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const fraction = (mantissa.split('.')[1] ?? '').replace(/0+$/, '');
  out.decimals = Math.max(0, fraction.length - Number(exponent));
  return Number.isFinite(out.value);
}
