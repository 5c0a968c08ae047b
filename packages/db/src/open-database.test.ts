import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { toRows } from '@wickworks/core';
import { DatabaseError } from './database-error.js';
import { findMigrationsFolder } from './migrations-folder.js';
import { openDatabase, type Database, type DatabaseOptions } from './open-database.js';
import { KEY, minutes, START_MS } from './testing/candles.js';

const folder = mkdtempSync(join(tmpdir(), 'wick-open-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const freshUrl = () => pathToFileURL(join(folder, `${files++}`, 'deeper', 'store.db')).href;

const opened: Database[] = [];
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
async function open(options: DatabaseOptions): Promise<Database> {
  const database = await openDatabase(options);
  opened.push(database);
  return database;
}

/** Starts appender.ts; `lines` yields what it acknowledges. */
function startAppender(url: string, ...numbers: number[]) {
  const child = spawn(
    process.execPath,
    [
      '--import',
      import.meta.resolve('tsx'),
      fileURLToPath(new URL('testing/appender.ts', import.meta.url)),
      url,
      ...numbers.map(String),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.push(child);
  return { child, exited: once(child, 'exit'), lines: createInterface({ input: child.stdout }) };
}

describe('openDatabase', () => {
  it('creates folders and file with the pragmas of a serious deployment', async () => {
    const database = await open({ url: freshUrl() });
    expect((await database.status()).migrations).toMatchObject({ applied: 0 });
    expect(await database.migrate()).toMatchObject({ pending: 0 });
    const status = await database.status();
    expect(status).toMatchObject({ faults: [], replica: 'none' });
    expect(status.sizeBytes).toBeGreaterThan(0);
    expect(status.pragmas).toEqual({
      busy_timeout: '100',
      auto_vacuum: '2',
      journal_mode: 'wal',
      synchronous: '1',
      foreign_keys: '1',
      temp_store: '2',
      cache_size: '-32768',
      mmap_size: '268435456',
    });
    await database.ping();
  });

  it('keeps the pragmas of its connection through transactions', async () => {
    const database = await open({ url: freshUrl() });
    await database.migrate();
    await database.candles.append(KEY, minutes(0, 5), 'rest', START_MS);
    expect((await database.status()).pragmas).toMatchObject({ synchronous: '1', foreign_keys: '1' });
  });

  it('migrates once, however often it is asked', async () => {
    const url = freshUrl();
    const [one, two] = [await open({ url }), await open({ url })];
    const results = await Promise.all([one.migrate(), two.migrate()]);
    expect(results[0]).toEqual(results[1]);
    expect(await two.migrate()).toEqual(results[0]);
  });

  it('refuses a database that a newer version has migrated', async () => {
    const url = freshUrl();
    const newer = join(folder, `drizzle${files++}`);
    cpSync(findMigrationsFolder(), newer, { recursive: true });
    const journalPath = join(newer, 'meta', '_journal.json');
    const journal = JSON.parse(readFileSync(journalPath, 'utf8')) as { entries: Record<string, unknown>[] };
    journal.entries.push({ ...journal.entries.at(-1), tag: '9999_future', when: 9_999_999_999_999 });
    writeFileSync(journalPath, JSON.stringify(journal));
    writeFileSync(join(newer, '9999_future.sql'), 'CREATE TABLE future (id INTEGER);');
    await (await open({ url, migrationsFolder: newer })).migrate();
    const older = await open({ url });
    await expect(older.migrate()).rejects.toMatchObject({ name: 'DatabaseError', kind: 'outdated', retryable: false });
    await expect(older.migrationStatus()).rejects.toBeInstanceOf(DatabaseError);
  });

  it('applies nothing of a migration that fails half-way', async () => {
    const broken = join(folder, `drizzle${files++}`);
    cpSync(findMigrationsFolder(), broken, { recursive: true });
    const first = JSON.parse(readFileSync(join(broken, 'meta', '_journal.json'), 'utf8')) as {
      entries: { tag: string }[];
    };
    const file = join(broken, `${first.entries[0]!.tag}.sql`);
    writeFileSync(file, `${readFileSync(file, 'utf8')}--> statement-breakpoint\nCREATE NONSENSE;`);
    const url = freshUrl();
    await expect((await open({ url, migrationsFolder: broken })).migrate()).rejects.toThrow();
    expect((await (await open({ url })).migrate()).pending).toBe(0);
  });

  it('tells a file that is no database as damaged', async () => {
    const path = join(folder, 'no.db');
    writeFileSync(path, 'this is a text file and has been one for as long as anybody remembers'.repeat(20));
    await expect(openDatabase({ url: pathToFileURL(path).href })).rejects.toMatchObject({ kind: 'damaged' });
  });

  it('tells an unreachable server as unavailable and retryable, with what the system says of it', async () => {
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const { port } = gone.address() as AddressInfo;
    gone.close();
    await once(gone, 'close');
    const database = await open({ url: `http://127.0.0.1:${port}` });
    await expect(database.ping()).rejects.toMatchObject({ kind: 'unavailable', retryable: true });
    await expect(database.ping()).rejects.toThrow(
      `no connection to its server (connect ECONNREFUSED 127.0.0.1:${port})`,
    );
  });

  it.each([
    [401, 'denied', 'check DATABASE_AUTH_TOKEN'],
    [403, 'denied', 'allowed to read and write'],
    [404, 'unavailable', 'HTTP status 404'],
    [503, 'unavailable', 'HTTP status 503'],
  ])('says what a server means that answers %d', async (status, kind, message) => {
    const server = createServer((_, response) => void response.writeHead(status).end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const database = await open({ url: `http://127.0.0.1:${port}`, authToken: 'token' });
      await expect(database.ping()).rejects.toMatchObject({ kind, retryable: kind === 'unavailable' });
      await expect(database.ping()).rejects.toThrow(message);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  it('has migrations that a server can apply, where foreign keys stay on: none rebuilds a table', () => {
    const files = readdirSync(findMigrationsFolder()).filter((name) => name.endsWith('.sql'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const text = readFileSync(join(findMigrationsFolder(), file), 'utf8');
      expect(text, file).not.toMatch(/drop\s+table/i);
    }
  });
});

describe('a replica', () => {
  async function plainFile(): Promise<string> {
    const url = freshUrl();
    const plain = await openDatabase({ url });
    await plain.migrate();
    await plain.candles.append(KEY, minutes(0, 3), 'rest', START_MS);
    await plain.close();
    return url;
  }

  it('whose primary is out of reach is read, also by what migrates, and refuses to be written', async () => {
    const url = await plainFile();
    writeFileSync(`${fileURLToPath(url)}-client_wal_index`, 'what libSQL keeps beside a replica');
    const replica = await open({ url, syncUrl: 'http://127.0.0.1:9' });
    expect(replica.replica).toBe('offline');
    expect(await replica.migrate()).toMatchObject({ pending: 0 });
    expect(toRows(await replica.candles.read(KEY, 0, Infinity))).toEqual(minutes(0, 3));
    await expect(replica.candles.append(KEY, minutes(3, 2), 'rest', START_MS)).rejects.toMatchObject({
      kind: 'read-only',
    });
  });

  it('is never made of a database that has its own data', async () => {
    const url = await plainFile();
    const opening = open({ url, syncUrl: 'http://127.0.0.1:9' });
    await expect(opening).rejects.toMatchObject({ kind: 'misconfigured', retryable: false });
    await expect(opening).rejects.toThrow('is a database of its own, no replica');
    expect(toRows(await (await open({ url })).candles.read(KEY, 0, Infinity))).toEqual(minutes(0, 3));
  });

  it('that never saw its primary does not pass for an empty database', async () => {
    await expect(open({ url: freshUrl(), syncUrl: 'http://127.0.0.1:9' })).rejects.toMatchObject({
      kind: 'unavailable',
      retryable: true,
    });
  });
});

describe('several processes', () => {
  it('waits while another one holds the write lock', async () => {
    const url = freshUrl();
    const database = await open({ url });
    await database.migrate();
    const other = createClient({ url });
    const transaction = await other.transaction('write');
    const appending = database.candles.append(KEY, minutes(0, 2), 'rest', START_MS);
    let settled = false;
    void appending.finally(() => (settled = true));
    await new Promise((resolve) => setTimeout(resolve, 300)); // several retries happen meanwhile
    expect(settled).toBe(false);
    await transaction.rollback();
    other.close();
    expect((await appending).added).toBe(2);
  });

  it('loses nothing when two append to one series at the same time', async () => {
    const url = freshUrl();
    const count = 700;
    const appenders = [startAppender(url, 0, count, 2, 7), startAppender(url, 1, count, 2, 5)];
    for (const { exited } of appenders) expect((await exited)[0]).toBe(0);
    const database = await open({ url });
    expect(toRows(await database.candles.read(KEY, 0, Infinity))).toEqual(minutes(0, count * 2));
    expect(await database.candles.verify(KEY)).toEqual([]);
  });
});

describe('a killed process', () => {
  it.each([3, 514])('loses nothing that was acknowledged (killed after %i candles)', async (killAfter) => {
    const url = freshUrl();
    const { child, exited, lines } = startAppender(url, 0, 1_000_000, 1, 1);
    let acknowledged = 0;
    for await (const line of lines) {
      if (line === 'open') continue;
      acknowledged = Number(line);
      if (acknowledged >= killAfter && !child.killed) child.kill('SIGKILL');
    }
    await exited;
    const database = await open({ url });
    const stored = toRows(await database.candles.read(KEY, 0, Infinity));
    expect(acknowledged).toBeGreaterThanOrEqual(killAfter);
    expect(stored.length).toBeGreaterThanOrEqual(acknowledged);
    expect(stored).toEqual(minutes(0, stored.length));
    expect(await database.candles.verify(KEY)).toEqual([]);
  });

  it.each([0, 120])('leaves nothing half-imported (killed %i ms into it)', async (afterMs) => {
    const url = freshUrl();
    const count = 100_000;
    const { child, exited, lines } = startAppender(url, 0, count, 1, count);
    let acknowledged = false;
    for await (const line of lines) {
      if (line === 'open') setTimeout(() => child.kill('SIGKILL'), afterMs);
      else acknowledged = true;
    }
    await exited;
    const database = await open({ url });
    const stored = await database.candles.read(KEY, 0, Infinity);
    expect(acknowledged ? [count] : [0, count]).toContain(stored.length);
    expect((await database.status()).faults).toEqual([]);
    if (stored.length > 0) expect(await database.candles.verify(KEY)).toEqual([]);
  });
});
