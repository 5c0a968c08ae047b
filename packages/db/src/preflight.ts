// A look at the database without drizzle and the client, whose loading takes longer than everything else at the start.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Sha256 } from '@wickworks/core';
import type Libsql from 'libsql';
import { loadLibsql } from './load-libsql.js';
import { makeFolder } from './make-folder.js';
import { findMigrationsFolder } from './migrations-folder.js';

export { loadLibsql } from './load-libsql.js';
export { makeFolder } from './make-folder.js';

/** A folder claimed by this process until it releases it or ends, however it ends. */
export interface FolderLock {
  release(): void;
}

/**
 * Claims `folder` (created when missing) for one server process; `null` when another one holds it. The lock is
 * SQLite's own on an empty file: the system lifts it with the process, so a killed server leaves nothing behind.
 */
export function lockFolder(folder: string): FolderLock | null {
  makeFolder(folder);
  const Sqlite = loadLibsql();
  const file = new Sqlite(join(folder, 'server.lock'));
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return {
    release: () => {
      file.exec('ROLLBACK');
      file.close();
    },
  };
}

/**
 * True when `openDatabase` and `migrate` have nothing left to find out: the file opens, takes writes and has exactly
 * the migrations of this version. False means "not certain", also for every database that is not a plain file.
 */
export function isDatabaseReady(
  { url, syncUrl }: { readonly url: string; readonly syncUrl?: string | null },
  migrationsFolder = findMigrationsFolder(),
): boolean {
  if (!url.startsWith('file:/') || (syncUrl !== null && syncUrl !== undefined)) return false;
  const path = fileURLToPath(url);
  if (!existsSync(path)) return false;
  let database: Libsql.Database | undefined;
  try {
    database = new (loadLibsql())(path);
    // Takes the write lock, which a read-only file or folder refuses.
    database.exec('BEGIN IMMEDIATE');
    const rows = database.prepare('SELECT hash FROM __drizzle_migrations ORDER BY created_at').raw().all();
    database.exec('ROLLBACK');
    return JSON.stringify(rows.flat()) === JSON.stringify(knownHashes(migrationsFolder));
  } catch {
    return false;
  } finally {
    database?.close();
  }
}

/** What the build writes beside the migrations: their hashes, in order. */
const HASHES_FILE = 'hashes.json';

/** The hashes drizzle keeps of applied migrations: SHA-256 of each file, in the order of the journal. */
function knownHashes(folder: string): unknown {
  const built = join(folder, HASHES_FILE);
  return existsSync(built) ? JSON.parse(readFileSync(built, 'utf8')) : migrationHashes(folder);
}

function migrationHashes(folder: string): string[] {
  const journal: unknown = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8'));
  return tagsOf(journal).map((tag) => new Sha256().update(readFileSync(join(folder, `${tag}.sql`))).hex());
}

function tagsOf(journal: unknown): string[] {
  if (typeof journal !== 'object' || journal === null || !('entries' in journal)) return [];
  const entries: unknown = journal.entries;
  if (!Array.isArray(entries)) return [];
  return entries.map((entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'tag' in entry ? String(entry.tag) : '',
  );
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
