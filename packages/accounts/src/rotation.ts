import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '@wickworks/core';
import { masterId } from './envelope.js';
import { rotationMarker } from './root-secret.js';

/** A change of the root secret under way: by the ids of both, which tell nothing about them. */
interface Rotation {
  readonly from: string;
  readonly to: string;
}

const NEW_SECRET_LENGTH_MIN = 32;
const secretFile = (dataDir: string): string => join(dataDir, 'secret');

/** The change of the root secret that was begun in this folder and has not ended; `null`: none. */
async function rotationUnderWay(dataDir: string): Promise<Rotation | null> {
  const text = await readIfThere(rotationMarker(dataDir));
  if (text === null) return null;
  const found: unknown = JSON.parse(text);
  const has = typeof found === 'object' && found !== null && 'from' in found && 'to' in found;
  if (has && typeof found.from === 'string' && typeof found.to === 'string') return { from: found.from, to: found.to };
  throw new Error(`${rotationMarker(dataDir)} is not what "wick secret rotate" wrote`);
}

/**
 * Begins to replace the root secret, or goes on with what was begun: answers with the new one, which is kept in the
 * folder (or by whoever configured it, `given`) before anything is sealed with it. An error tells what stands in the way.
 */
export async function beginRotation(
  dataDir: string,
  { from, isConfigured, given }: { from: string; isConfigured: boolean; given: string | undefined },
): Promise<Result<{ to: string; isResumed: boolean }, string>> {
  const begun = await rotationUnderWay(dataDir);
  // Broken off at the very end, or the operator was ahead of it: what is stored shows which.
  if (begun?.to === masterId(from)) return ok({ to: from, isResumed: true });
  if (begun && begun.from !== masterId(from))
    return err('a rotation was broken off: WICK_SECRET must be the secret that was to be replaced');
  const to = await nextSecret(dataDir, { from, isConfigured, given, isResumed: begun !== null });
  if (!to.ok) return to;
  if (begun && begun.to !== masterId(to.value))
    return err('a rotation was broken off: WICK_NEW_SECRET must be the one it was begun with');
  await writeSafely(rotationMarker(dataDir), JSON.stringify({ from: masterId(from), to: masterId(to.value) }));
  return ok({ to: to.value, isResumed: begun !== null });
}

/** Puts the new secret in its place: everything is sealed with it. */
export async function endRotation(dataDir: string, { isConfigured }: { isConfigured: boolean }): Promise<void> {
  // The marker goes last: broken off in between, the next run finds nothing left to seal and ends here again.
  if (!isConfigured && (await readIfThere(`${secretFile(dataDir)}.new`)) !== null)
    await rename(`${secretFile(dataDir)}.new`, secretFile(dataDir));
  await rm(rotationMarker(dataDir), { force: true });
}

async function nextSecret(
  dataDir: string,
  {
    from,
    isConfigured,
    given,
    isResumed,
  }: { from: string; isConfigured: boolean; given: string | undefined; isResumed: boolean },
): Promise<Result<string, string>> {
  if (isConfigured) {
    if (given !== undefined && given.length >= NEW_SECRET_LENGTH_MIN && given !== from) return ok(given);
    return err(`set WICK_NEW_SECRET to another text of at least ${NEW_SECRET_LENGTH_MIN} characters`);
  }
  const path = `${secretFile(dataDir)}.new`;
  const kept = isResumed ? await readIfThere(path) : null;
  if (kept !== null) return ok(kept.trim());
  const to = randomBytes(32).toString('base64url');
  await writeSafely(path, `${to}\n`);
  return ok(to);
}

/** Whole or not at all, whenever the power goes, and for its owner alone. */
async function writeSafely(path: string, text: string): Promise<void> {
  await writeFile(`${path}.tmp`, text, { mode: 0o600, flush: true });
  await rename(`${path}.tmp`, path);
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
