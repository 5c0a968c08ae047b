import { createReadStream } from 'node:fs';
import { err, type Candles, type Result, type Timeframe } from '@wickworks/core';
import { readCandleCsv, readTradeCsv, type CsvFault, type StoredTrades } from '@wickworks/db';

/** All candles of a CSV file (gzip or plain; `-`: standard input), see {@link readCandleCsv}. */
export const readCandleFile = (path: string, timeframe: Timeframe): Promise<Result<Candles, CsvFault>> =>
  readPath(path, (source) => readCandleCsv(source, timeframe));

/** All trades of a CSV file (gzip or plain; `-`: standard input), see {@link readTradeCsv}. */
export const readTradeFile = (path: string): Promise<Result<StoredTrades, CsvFault>> =>
  readPath(path, (source) => readTradeCsv(source));

async function readPath<T>(
  path: string,
  read: (source: AsyncIterable<unknown>) => Promise<Result<T, CsvFault>>,
): Promise<Result<T, CsvFault>> {
  try {
    return await read(path === '-' ? process.stdin : createReadStream(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return err({ line: null, reason: reasonOf(error) });
    throw error;
  }
}

function reasonOf(error: Error & { code: unknown }): string {
  if (error.code === 'ENOENT') return 'the file does not exist';
  if (error.code === 'EISDIR') return 'this is a folder';
  return `the file cannot be read: ${error.message}`;
}
