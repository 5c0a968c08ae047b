import { createReadStream } from 'node:fs';
import { err, type Candles, type Result, type Timeframe } from '@wickworks/core';
import { readCandleCsv, type CsvFault } from '@wickworks/db';

/** All candles of a CSV file (gzip or plain; `-`: standard input), see {@link readCandleCsv}. */
export async function readCandleFile(path: string, timeframe: Timeframe): Promise<Result<Candles, CsvFault>> {
  try {
    return await readCandleCsv(path === '-' ? process.stdin : createReadStream(path), timeframe);
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
