import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseError } from './database-error.js';

/** The nearest `drizzle/` folder above this file: the repository's, also when bundled into `apps/x/dist`. */
export function findMigrationsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'drizzle');
    if (existsSync(join(candidate, 'meta', '_journal.json'))) return candidate;
    const parent = dirname(folder);
    if (parent === folder) throw new DatabaseError('outdated', 'the drizzle/ folder with the migrations is missing');
    folder = parent;
  }
}
