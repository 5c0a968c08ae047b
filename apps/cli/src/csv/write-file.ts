import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { err, ok, type Result } from '@wickworks/core';
import { failed, type CommandFailure } from '../failure.js';

/** Writes text to a file, compressed when its name ends in .gz; it appears under its name only when it is complete. */
export async function writeFileWhole(
  path: string,
  lines: AsyncIterable<string>,
): Promise<Result<null, CommandFailure>> {
  const unfinished = `${path}.${process.pid}.part`;
  try {
    const file = createWriteStream(unfinished);
    if (path.endsWith('.gz')) await pipeline(Readable.from(lines), createGzip(), file);
    else await pipeline(Readable.from(lines), file);
    await rename(unfinished, path);
    return ok(null);
  } catch (error) {
    await rm(unfinished, { force: true });
    if (error instanceof Error && 'syscall' in error) return err(failed(`${path} cannot be written: ${error.message}`));
    throw error;
  }
}
