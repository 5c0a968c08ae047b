import { createWriteStream } from 'node:fs';
import { access, constants, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { err, ok, type Result } from '@wickworks/core';
import type { CommandResult, World } from '../context.js';
import { failed, type CommandFailure } from '../failure.js';
import { countText } from '../text.js';

/**
 * Writes text to a file, compressed when its name ends in .gz; it appears under its name only when it is complete.
 * What is no file, such as /dev/stdout, is written to as it is.
 */
async function writeFileWhole(
  path: string,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<Result<null, CommandFailure>> {
  const isDevice = await stat(path).then(
    (there) => !there.isFile() && !there.isDirectory(),
    () => false,
  );
  const unfinished = isDevice ? path : `${path}.${process.pid}.part`;
  try {
    const file = createWriteStream(unfinished);
    if (path.endsWith('.gz')) await pipeline(Readable.from(lines), createGzip(), file);
    else await pipeline(Readable.from(lines), file);
    if (!isDevice) await rename(unfinished, path);
    return ok(null);
  } catch (error) {
    if (!isDevice) await rm(unfinished, { force: true });
    return err(unwritable(path, error));
  }
}

/** Writes a document to the file that `--out` names. */
export const writeOut = (world: World, out: string, text: string): Promise<Result<null, CommandFailure>> =>
  writeFileWhole(resolve(world.cwd, out), [text]);

/** Why nothing can be written to what `--out` names, to be known before long work is done for it. */
export async function outFault(world: World, out: string): Promise<CommandFailure | null> {
  const path = resolve(world.cwd, out);
  try {
    const there = await stat(path).catch(() => null);
    if (there?.isDirectory()) return failed(`${path} cannot be written: it is a folder`);
    await access(there === null ? dirname(path) : path, constants.W_OK);
    return null;
  } catch (error) {
    return unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): CommandFailure {
  if (error instanceof Error && 'syscall' in error) return failed(`${path} cannot be written: ${error.message}`);
  throw error;
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
