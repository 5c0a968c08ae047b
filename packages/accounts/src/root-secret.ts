// Part of every start, hence without `node:crypto` and `node:fs/promises`: to load them takes longer than all this.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** As for a secret that is configured. */
const SECRET_CHARACTERS_MIN = 32;

/** Where a change of the root secret that is under way is noted. */
export const rotationMarker = (dataDir: string): string => join(dataDir, 'secret-rotation.json');

/** Whether a change of the root secret was begun in this folder and has not ended. */
export const isHalfRotated = (dataDir: string): boolean => existsSync(rotationMarker(dataDir));
export const HALF_ROTATED = 'a change of the root secret was broken off; run "wick secret rotate" again to finish it';

/**
 * The root of token signing and encryption: as configured, else generated once into the data dir (mode 0600).
 * Rejects while a change of it was broken off half way, unless it is wanted to go on with that: part of what is stored
 * opens with the one secret, part with the other.
 */
export async function loadSecret(
  configured: string | null,
  dataDir: string,
  { evenHalfRotated = false }: { evenHalfRotated?: boolean } = {},
): Promise<string> {
  if (!evenHalfRotated && isHalfRotated(dataDir)) throw new Error(HALF_ROTATED);
  if (configured !== null) return configured;
  const path = join(dataDir, 'secret');
  if (!existsSync(path)) await createSecret(dataDir, path);
  chmodSync(path, 0o600);
  const secret = readFileSync(path, 'utf8').trim();
  // Cut off by a full disk or by hand: what is sealed with it would lie open.
  if (secret.length < SECRET_CHARACTERS_MIN)
    throw new Error(`${path} holds no usable secret (${String(secret.length)} characters); put it back from a backup`);
  return secret;
}

async function createSecret(dataDir: string, path: string): Promise<void> {
  const { randomBytes } = await import('node:crypto');
  mkdirSync(dataDir, { recursive: true });
  try {
    // `wx` fails if it exists: of two processes starting at once, one writes and both read the same.
    writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
