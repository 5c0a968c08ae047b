import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The root of token signing and encryption: as configured, else generated once into the data dir (mode 0600). */
export async function loadSecret(configured: string | null, dataDir: string): Promise<string> {
  if (configured !== null) return configured;
  const path = join(dataDir, 'secret');
  await mkdir(dataDir, { recursive: true });
  try {
    // `wx` fails if it exists: of two processes starting at once, one writes and both read the same.
    await writeFile(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    await chmod(path, 0o600);
  }
  return (await readFile(path, 'utf8')).trim();
}
