import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { err, ok, type Result } from '@wickworks/core';
import type { CommandResult, World } from '../context.js';
import { failed, type CommandFailure } from '../failure.js';
import { countText } from '../text.js';

/** Writes text to a file, compressed when its name ends in .gz; it appears under its name only when it is complete. */
async function writeFileWhole(path: string, lines: AsyncIterable<string>): Promise<Result<null, CommandFailure>> {
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

/** Writes what a command exports: to the file `out`, or as it comes to standard output. */
export async function writeExport(
  world: World,
  {
    out,
    lines,
    of,
    count,
    noun,
  }: {
    out: string | undefined;
    lines: AsyncIterable<string>;
    /** What it is of. */
    of: object;
    /** Counts on while `lines` are read. */
    count: { readonly written: number };
    noun: string;
  },
): Promise<CommandResult> {
  if (out === undefined) {
    for await (const text of lines) world.out(text);
    return ok({ json: null, text: '' });
  }
  const written = await writeFileWhole(out, lines);
  if (!written.ok) return written;
  const { written: total } = count;
  return ok({ json: { ...of, file: out, [`${noun}s`]: total }, text: `${out}: ${countText(total, noun)}` });
}
