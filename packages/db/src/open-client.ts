import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client, Config } from '@libsql/client';
import { DatabaseError, toDatabaseError } from './database-error.js';
import { makeFolder } from './make-folder.js';
import { readingLocally } from './replica-client.js';

/** Where a database is, and how to be let in. */
export interface DatabaseAddress {
  /** `file:…`, `http(s)://…` or `libsql://…`. */
  readonly url: string;
  readonly authToken?: string | null;
  /** Primary to replicate from; `url` is then the local replica, a `file:`. */
  readonly syncUrl?: string | null;
}

/** `none`: no primary configured; `offline`: it could not be reached at the start, so nothing can be written. */
export type ReplicaState = 'none' | 'synced' | 'offline';

export interface OpenClient {
  readonly client: Client;
  readonly replica: ReplicaState;
}

/** What libSQL keeps beside a file that it replicates into (by either of its two protocols). */
const REPLICA_MARKS = ['-client_wal_index', '-info'];

/** A client of one connection (see `Connection`); throws a `DatabaseError` that says what has to change. */
export async function openClient({ url, authToken, syncUrl }: DatabaseAddress): Promise<OpenClient> {
  const access = authToken === null || authToken === undefined ? {} : { authToken };
  try {
    if (url.startsWith('file:')) makeOwnFolder(dirname(pathOf(url)));
    if (syncUrl !== null && syncUrl !== undefined) return await openReplica(url, { url: syncUrl, ...access });
    return { client: await createClient({ url, concurrency: 1, ...access }), replica: 'none' };
  } catch (error) {
    throw toDatabaseError(error);
  }
}

function makeOwnFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const advice = 'set WICK_DATA_DIR (or DATABASE_URL) to one that can be written to';
    throw new DatabaseError('misconfigured', `the folder ${folder} cannot be used (${why}); ${advice}`, error);
  }
}

/** A file, the usual case, needs none of the protocols by which servers are asked, and loads none of them. */
async function createClient(config: Config): Promise<Client> {
  const libsql = config.url.startsWith('file:')
    ? await import('@libsql/client/sqlite3')
    : await import('@libsql/client');
  return libsql.createClient(config);
}

interface Primary {
  readonly url: string;
  readonly authToken?: string;
}

async function openReplica(url: string, primary: Primary): Promise<OpenClient> {
  const path = pathOf(url);
  const known = REPLICA_MARKS.map((mark) => bytesOf(path + mark)).find((bytes) => bytes !== null) ?? null;
  if (known === null && (bytesOf(path) ?? 0) > 0) {
    const advice = 'name a file that does not exist yet in DATABASE_URL; it is filled from the primary';
    throw new DatabaseError('misconfigured', `${path} is a database of its own, no replica: ${advice}`);
  }
  let client: Client | undefined;
  try {
    const { url: syncUrl, ...access } = primary;
    client = await createClient({ url, concurrency: 1, syncUrl, ...access });
    await client.sync();
    return { client: readingLocally(client), replica: 'synced' };
  } catch (error) {
    client?.close();
    const why = await askedDirectly(primary, error);
    // What was replicated before stays readable. Writes are refused (query_only), they would part the replica from
    // its primary.
    if (why.kind === 'unavailable' && known !== null && known > 0)
      return { client: await createClient({ url, concurrency: 1 }), replica: 'offline' };
    throw why;
  }
}

/** Replication tells a refused token as a timeout; the primary itself says what it is. */
async function askedDirectly(primary: Primary, failure: unknown): Promise<DatabaseError> {
  const client = await createClient({ ...primary, concurrency: 1 });
  try {
    await client.execute('SELECT 1');
    const message = failure instanceof Error ? failure.message : String(failure);
    return new DatabaseError('misconfigured', `the primary answers, but cannot be replicated: ${message}`, failure);
  } catch (error) {
    const mapped = toDatabaseError(error);
    if (mapped instanceof DatabaseError) return mapped;
    throw error;
  } finally {
    client.close();
  }
}

/** Size of a file, `null` when there is none. */
const bytesOf = (path: string): number | null => (existsSync(path) ? statSync(path).size : null);

/** The path that a `file:` address names: `file:///absolute`, `file:/absolute` or `file:relative`. */
const pathOf = (url: string): string =>
  url.startsWith('file:/') ? fileURLToPath(url) : decodeURIComponent(url.slice('file:'.length));
