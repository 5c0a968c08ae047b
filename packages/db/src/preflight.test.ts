import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findMigrationsFolder } from './migrations-folder.js';
import { openDatabase } from './open-database.js';
import { isDatabaseReady, lockFolder } from './preflight.js';

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'wick-preflight-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const database = () => ({ url: pathToFileURL(join(dir, 'wickworks.db')).href });
const migrated = async (): Promise<void> => {
  const opened = await openDatabase(database());
  await opened.migrate();
  await opened.close();
};

describe('isDatabaseReady', () => {
  it('is true for a migrated file, whether or not it is open elsewhere', async () => {
    await migrated();
    expect(isDatabaseReady(database())).toBe(true);
    const other = await openDatabase(database());
    expect(isDatabaseReady(database())).toBe(true);
    await other.ping();
    await other.close();
  });

  it('is false for a file that is missing, new or damaged, and leaves it to be opened', async () => {
    expect(isDatabaseReady(database())).toBe(false);
    const opened = await openDatabase(database());
    expect(isDatabaseReady(database())).toBe(false);
    await opened.migrate();
    await opened.close();
    expect(isDatabaseReady(database())).toBe(true);
    const damaged = join(dir, 'damaged.db');
    writeFileSync(damaged, 'this is no database '.repeat(400));
    expect(isDatabaseReady({ url: pathToFileURL(damaged).href })).toBe(false);
  });

  it('is false when another version wrote it', async () => {
    await migrated();
    const folder = join(dir, 'drizzle');
    cpSync(findMigrationsFolder(), folder, { recursive: true });
    expect(isDatabaseReady(database(), folder)).toBe(true);
    appendFileSync(join(folder, '0000_candle_store.sql'), '\n-- changed');
    expect(isDatabaseReady(database(), folder)).toBe(false);
  });

  it('goes by the hashes that the build wrote beside the migrations', async () => {
    await migrated();
    const folder = join(dir, 'drizzle');
    cpSync(findMigrationsFolder(), folder, { recursive: true });
    const hashes = readMigrationFiles({ migrationsFolder: folder }).map(({ hash }) => hash);
    writeFileSync(join(folder, 'hashes.json'), JSON.stringify(hashes));
    expect(isDatabaseReady(database(), folder)).toBe(true);
    for (const other of [hashes.slice(1), [...hashes, hashes[0]], [], {}]) {
      writeFileSync(join(folder, 'hashes.json'), JSON.stringify(other));
      expect(isDatabaseReady(database(), folder)).toBe(false);
    }
  });

  it('is never certain of a replica or a server', async () => {
    await migrated();
    expect(isDatabaseReady({ ...database(), syncUrl: 'http://127.0.0.1:1' })).toBe(false);
    expect(isDatabaseReady({ url: 'http://127.0.0.1:1' })).toBe(false);
  });
});

describe('lockFolder', () => {
  it('lets one in at a time', () => {
    const folder = join(dir, 'new');
    const lock = lockFolder(folder);
    expect(lock).not.toBeNull();
    expect(lockFolder(folder)).toBeNull();
    lock?.release();
    const again = lockFolder(folder);
    expect(again).not.toBeNull();
    again?.release();
  });

  it('ends with the process that held it, even a killed one', async () => {
    const code = `import { lockFolder } from ${JSON.stringify(new URL('./preflight.ts', import.meta.url).href)};
      globalThis.kept = lockFolder(${JSON.stringify(dir)});
      process.stdout.write(globalThis.kept ? 'held' : 'refused');
      setInterval(() => {}, 1_000);`;
    const script = join(dir, 'hold.mjs');
    writeFileSync(script, code);
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    expect(String((await once(child.stdout, 'data'))[0])).toBe('held');
    expect(lockFolder(dir)).toBeNull();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = lockFolder(dir);
    expect(lock).not.toBeNull();
    lock?.release();
  });
});
