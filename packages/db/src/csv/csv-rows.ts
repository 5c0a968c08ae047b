import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { err, ok, type Result } from '@wickworks/core';

/** Why a file was refused; `line` counts from 1, `null` when the file as a whole is at fault. */
export interface CsvFault {
  readonly line: number | null;
  readonly reason: string;
}

/** What a file has to be. */
export interface CsvFormat {
  /** Accepted first lines; what is told to people is the first of them. */
  readonly headers: readonly string[];
  /** Takes the cells of a row below the header at `header`; why it is no row, or null. */
  readonly row: (cells: readonly string[], header: number) => string | null;
}

/** Plain or with an exponent, without a sign. */
export const NUMBER = /^\d+(\.\d+)?([eE][+-]?\d+)?$/;
/** Later than anything stored; times in microseconds, as some archives have them, are far beyond it. */
export const TIME_MAX_MS = Date.UTC(2200, 0, 1);
/** Characters of one line; the numbers of a row never need them. */
const LINE_MAX = 1_000;

/** Reads a CSV text that comes as bytes, gzip or plain, row by row; the first fault ends it. What the source throws is thrown on. */
export async function readCsv(source: AsyncIterable<unknown>, format: CsvFormat): Promise<Result<null, CsvFault>> {
  const lines = new CsvLines(format);
  try {
    for await (const text of decode(source)) {
      const fault = lines.push(text);
      if (fault !== null) return err(fault);
    }
  } catch (error) {
    const reason = decodingFault(error);
    if (reason !== null) return err({ line: null, reason });
    throw error;
  }
  return lines.finish();
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

/** Rows from pieces of text that may end anywhere. */
class CsvLines {
  readonly #format: CsvFormat;
  #header = 0;
  #rest = '';
  #line = 0;
  /** A blank line is allowed at the end only; this one may yet be followed by another row. */
  #blankLine: number | null = null;

  constructor(format: CsvFormat) {
    this.#format = format;
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

  finish(): Result<null, CsvFault> {
    if (this.#rest !== '') {
      const fault = this.push('\n');
      if (fault !== null) return err(fault);
    }
    const [header = ''] = this.#format.headers;
    return this.#line === 0
      ? err({ line: null, reason: `the file is empty; its first line must be ${header}` })
      : ok(null);
  }

  #read(rawLine: string): string | null {
    this.#line++;
    const line = rawLine.endsWith('\r') ? rawLine.slice(0, -1) : rawLine;
    if (this.#line === 1) {
      const { headers } = this.#format;
      this.#header = headers.indexOf(line.replace(/^\uFEFF/, ''));
      return this.#header >= 0 ? null : `the first line must be ${headers.join(' or ')}`;
    }
    if (line === '') {
      this.#blankLine ??= this.#line;
      return null;
    }
    if (this.#blankLine !== null) return `line ${this.#blankLine} before it is blank`;
    return this.#format.row(line.split(','), this.#header);
  }
}
