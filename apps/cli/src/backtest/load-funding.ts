import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { FUNDING_MAX } from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import type { Funding } from '@wickworks/engine';
import type { World } from '../context.js';
import { failed, type CommandFailure } from '../failure.js';

/** First line of a file of funding; times in ms UTC, ratios of the position's value. */
export const FUNDING_HEADER = 'time,ratio';

/**
 * What `--funding` says: a constant share (`0.0001`, `1bps`, negative: shorts pay), else the payments of a CSV file with
 * times in `[fromMs, toMs)`. Null when nothing was said, or 0.
 */
export async function loadFunding(
  world: World,
  text: string | undefined,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<Result<Funding | null, CommandFailure>> {
  if (text === undefined) return ok(null);
  const [, digits, unit] = /^(-?\d+(?:\.\d+)?)(bps)?$/.exec(text) ?? [];
  if (digits !== undefined) {
    const share = unit === undefined ? Number(digits) : Number(digits) / 10_000;
    return ok(share === 0 ? null : share);
  }
  const lines = await readLines(resolve(world.cwd, text));
  if (!lines.ok) return err(failed(`${text}: ${lines.error}`));
  const [header, ...rows] = lines.value;
  if (header !== FUNDING_HEADER) return err(failed(`${text} line 1: must be ${FUNDING_HEADER}`));
  const payments: [number, number][] = [];
  for (const [index, row] of rows.entries()) {
    const [, time, ratio] = /^(\d{1,15}),(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)$/.exec(row) ?? [];
    if (time === undefined)
      return err(failed(`${text} line ${String(index + 2)}: must be a time in ms UTC and a ratio`));
    if (Number(time) >= fromMs && Number(time) < toMs) payments.push([Number(time), Number(ratio)]);
  }
  // What lies outside the candles decides nothing and would only change the data's hash.
  if (payments.length === 0) return err(failed(`${text} holds no funding in the time of the candles`));
  if (payments.length <= FUNDING_MAX) return ok(payments);
  return err(failed(`${text} holds more than ${String(FUNDING_MAX)} payments in the time of the candles`));
}

async function readLines(path: string): Promise<Result<string[], string>> {
  try {
    return ok((await readFile(path, 'utf8')).trimEnd().split(/\r?\n/));
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      return err(error.code === 'ENOENT' ? 'neither a share nor a file' : `cannot be read: ${error.message}`);
    throw error;
  }
}
