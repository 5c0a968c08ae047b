import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomToken, sameText } from '@wickworks/accounts';

/** The token that makes its holder the first admin: in the terminal and in a file only the owner can read. */
export class SetupToken {
  readonly #path: string;
  #token: string | null = null;

  constructor(dataDir: string) {
    this.#path = join(dataDir, 'setup-token');
  }

  /** The token while it is good for something. */
  get token(): string | null {
    return this.#token;
  }

  /** Makes the token; the same after a restart until it was used. */
  async open(): Promise<void> {
    await mkdir(join(this.#path, '..'), { recursive: true });
    try {
      await writeFile(this.#path, `${randomToken(24)}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      await chmod(this.#path, 0o600);
    }
    this.#token = (await readFile(this.#path, 'utf8')).trim();
  }

  matches(given: string): boolean {
    return this.#token !== null && this.#token !== '' && sameText(given, this.#token);
  }

  /** The first account exists: the token is good for nothing any more. */
  async close(): Promise<void> {
    this.#token = null;
    await rm(this.#path, { force: true });
  }
}
