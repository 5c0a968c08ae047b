import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Candles, err, ok, type CandleRow, type Result, type Timeframe } from '@wickworks/core';
import { storableFault } from '../candles/prepare.js';

/** First line of every candle file. */
export const CSV_HEADER = 'time,open,high,low,close,volume';

/** Why a candle file was refused; `line` counts from 1, `null` when the file as a whole is at fault. */
export interface CsvFault {
  readonly line: number | null;
  readonly reason: string;
}

/**
 * All candles of a CSV text that comes as bytes, gzip or plain. The first row that is no closed-candle row of
 * `timeframe` refuses the whole of it: unsound values, times that do not rise or are no open times. What the source
 * itself throws is thrown on. More than `rowsMax` rows are refused too.
 */
export async function readCandleCsv(
  source: AsyncIterable<unknown>,
  timeframe: Timeframe,
  rowsMax = Infinity,
): Promise<Result<Candles, CsvFault>> {
  const reader = new CandleLines(timeframe, rowsMax);
  try {
    for await (const text of decode(source)) {
      const fault = reader.push(text);
      if (fault !== null) return err(fault);
    }
  } catch (error) {
    const reason = decodingFault(error);
    if (reason !== null) return err({ line: null, reason });
    throw error;
  }
  return reader.finish();
}

function decodingFault(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  if (error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'the file is not UTF-8 text';
  if (error.code === 'Z_BUF_ERROR') return 'the compressed file ends too early';
  return error.code.startsWith('Z_') ? `the compressed file is damaged: ${error.message}` : null;
}

/** The text of a stream, decompressed when it begins as gzip does. */
async function* decode(source: AsyncIterable<unknown>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const bytes of unzipped(source)) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

async function* unzipped(source: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  const iterator = asBytes(source);
  let head = Buffer.alloc(0);
  // The first two bytes decide, and a pipe may bring them one by one.
  while (head.length < 2) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = prepend(head, iterator);
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* whole;
    return;
  }
  // The pipeline hands a fault of the source on; `pipe` alone would wait for ever.
  yield* asBytes(pipeline(Readable.from(whole, { objectMode: false }), createGunzip(), () => undefined));
}

async function* prepend(head: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  yield* rest;
}

async function* asBytes(source: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const part of source) yield part instanceof Uint8Array ? part : Buffer.from(String(part));
}

const NUMBER = /^\d+(\.\d+)?([eE][+-]?\d+)?$/;
/** Characters of one line; six numbers never need them. */
const LINE_MAX = 1_000;
/** Later than any candle; times in microseconds, as some archives have them, are far beyond it. */
const TIME_MAX_MS = Date.UTC(2200, 0, 1);
const FIELDS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

/** Candles from pieces of text that may end anywhere. */
class CandleLines {
  readonly #timeframe: Timeframe;
  readonly #rowsMax: number;
  readonly #candles = new Candles(1_024);
  #rest = '';
  #line = 0;
  /** A blank line is allowed at the end only; this one may yet be followed by another row. */
  #blankLine: number | null = null;

  constructor(timeframe: Timeframe, rowsMax: number) {
    this.#timeframe = timeframe;
    this.#rowsMax = rowsMax;
  }

  push(text: string): CsvFault | null {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > LINE_MAX) return { line: this.#line + lines.length + 1, reason: 'the line is too long' };
    for (const line of lines) {
      const reason = this.#read(line);
      if (reason !== null) return { line: this.#line, reason };
    }
    return null;
  }

  finish(): Result<Candles, CsvFault> {
    if (this.#rest !== '') {
      const fault = this.push('\n');
      if (fault !== null) return err(fault);
    }
    if (this.#line === 0) return err({ line: null, reason: `the file is empty; its first line must be ${CSV_HEADER}` });
    if (this.#candles.length === 0) return err({ line: null, reason: 'the file holds no candle' });
    return ok(this.#candles);
  }

  #read(rawLine: string): string | null {
    this.#line++;
    const line = rawLine.endsWith('\r') ? rawLine.slice(0, -1) : rawLine;
    if (this.#line === 1)
      return line.replace(/^\uFEFF/, '') === CSV_HEADER ? null : `the first line must be ${CSV_HEADER}`;
    if (line === '') {
      this.#blankLine ??= this.#line;
      return null;
    }
    if (this.#blankLine !== null) return `line ${this.#blankLine} before it is blank`;
    return this.#readRow(line);
  }

  #readRow(line: string): string | null {
    const cells = line.split(',');
    if (cells.length !== FIELDS.length) return `${cells.length} columns instead of ${FIELDS.length}`;
    for (let index = 0; index < FIELDS.length; index++)
      if (!NUMBER.test(cells[index]!))
        return `${FIELDS[index]!} "${cells[index]!.slice(0, 40)}" is not a number of 0 or more`;
    const row: CandleRow = [
      Number(cells[0]),
      Number(cells[1]),
      Number(cells[2]),
      Number(cells[3]),
      Number(cells[4]),
      Number(cells[5]),
    ];
    if (row[0] >= TIME_MAX_MS) return `time ${row[0]} lies beyond the year 2200; milliseconds are expected`;
    const fault = storableFault(row, this.#timeframe);
    if (fault !== null) return fault;
    const previous = this.#candles.at(-1)?.[0] ?? -1;
    if (row[0] === previous) return `time ${row[0]} appears twice`;
    if (row[0] < previous) return `time ${row[0]} comes after the later ${previous}`;
    if (this.#candles.length >= this.#rowsMax) return `more than ${this.#rowsMax} candles in one file`;
    this.#candles.push(row);
    return null;
  }
}
