import { createReadStream } from 'node:fs';
import { addAbortSignal } from 'node:stream';
import { err, type Candles, type Result, type Timeframe } from '@wickworks/core';
import { readCandleCsv, readTradeCsv, type CsvFault, type StoredTrades } from '@wickworks/db';
import type { World } from '../context.js';

/** All candles of a CSV file (gzip or plain; `-`: standard input), see {@link readCandleCsv}; Ctrl-C ends it. */
export const readCandleFile = (
  { signal }: Pick<World, 'signal'>,
  path: string,
  timeframe: Timeframe,
): Promise<Result<Candles, CsvFault>> => readPath(signal, path, (source) => readCandleCsv(source, timeframe));

/** All trades of a CSV file (gzip or plain; `-`: standard input), see {@link readTradeCsv}; Ctrl-C ends it. */
export const readTradeFile = (
  { signal }: Pick<World, 'signal'>,
  path: string,
): Promise<Result<StoredTrades, CsvFault>> => readPath(signal, path, (source) => readTradeCsv(source));

async function readPath<T>(
  signal: AbortSignal,
  path: string,
  read: (source: AsyncIterable<unknown>) => Promise<Result<T, CsvFault>>,
): Promise<Result<T, CsvFault>> {
  try {
    return await read(addAbortSignal(signal, path === '-' ? process.stdin : createReadStream(path)));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return err({ line: null, reason: reasonOf(error) });
    throw error;
  }
}

function reasonOf(error: Error & { code: unknown }): string {
  if (error.code === 'ENOENT') return 'the file does not exist';
  if (error.code === 'ABORT_ERR') return 'stopped';
  if (error.code === 'EISDIR') return 'this is a folder';
  return `the file cannot be read: ${error.message}`;
}
