import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toRows } from '@wickworks/core';
import { openDatabase, type Database, type DatabaseOptions } from './open-database.js';
import { KEY, minutes, START_MS } from './testing/candles.js';

// A binary of libSQL's server is 17 MB to download, so that it is no dependency: docs/database.md says where to get one.
const SQLD = process.env['WICK_TEST_SQLD'] ?? '';

async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  holder.close();
  await once(holder, 'close');
  return port;
}

describe.skipIf(!existsSync(SQLD))('a database behind a libSQL server', () => {
  let folder: string;
  let server: ChildProcess;
  let url: string;
  const opened: Database[] = [];

  async function serve(port: number, ...more: string[]): Promise<void> {
    const address = `127.0.0.1:${port}`;
    const options = ['--db-path', join(folder, 'primary'), '--http-listen-addr', address, '--no-welcome', ...more];
    server = spawn(SQLD, options, { stdio: 'ignore' });
    url = `http://${address}`;
    for (;;) {
      const healthy = await fetch(`${url}/health`).catch(() => null);
      if (healthy?.ok === true) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function open(options: DatabaseOptions): Promise<Database> {
    const database = await openDatabase(options);
    opened.push(database);
    return database;
  }

  async function stop(): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wick-sqld-'));
    mkdirSync(join(folder, 'primary'));
    await serve(await freePort());
  });
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('migrates, keeps candles in tail and chunks, corrections and gaps, and reads them back to the bit', async () => {
    const database = await open({ url });
    expect((await database.migrate()).pending).toBe(0);
    expect((await database.migrate()).pending).toBe(0);
    const rows = minutes(0, 3_000);
    await database.candles.append(KEY, rows.slice(0, 2_000), 'rest', START_MS);
    for (let from = 2_000; from < 3_000; from += 100) {
      await database.candles.append(KEY, rows.slice(from, from + 100), 'stream', START_MS);
    }
    await database.candles.markSourceGap(KEY, [rows.at(-1)![0] + 60_000, rows.at(-1)![0] + 180_000]);
    const [time, open_, high, low, close, volume] = rows[1_500]!;
    const corrected = [time, open_, high + 1, low, close, volume] as const;
    const outcome = await database.candles.append(KEY, [corrected], 'rest', START_MS);
    expect(outcome.corrections).toMatchObject([{ previous: rows[1_500], candle: corrected }]);
    const expected = rows.with(1_500, corrected);

    const again = await open({ url });
    expect(toRows(await again.candles.read(KEY, 0, Infinity))).toEqual(expected);
    expect(await again.candles.verify(KEY)).toEqual([]);
    expect(await again.candles.sourceGaps(KEY, 0, Infinity)).toHaveLength(1);
    expect(await again.status()).toMatchObject({ replica: 'none', faults: null, sizeBytes: null });
  });

  it('tells a server that went away as unavailable, and goes on when it is back', async () => {
    const database = await open({ url });
    await database.migrate();
    await database.candles.append(KEY, minutes(0, 10), 'rest', START_MS);
    const port = Number(new URL(url).port);
    await stop();
    await expect(database.candles.append(KEY, minutes(10, 5), 'rest', START_MS)).rejects.toMatchObject({
      kind: 'unavailable',
      retryable: true,
    });
    await serve(port);
    await database.candles.append(KEY, minutes(10, 5), 'rest', START_MS);
    expect(toRows(await database.candles.read(KEY, 0, Infinity))).toEqual(minutes(0, 15));
  });

  it('writes through an embedded replica, reads its own writes, and reads on while the primary is away', async () => {
    const replicaUrl = pathToFileURL(join(folder, 'replica.db')).href;
    const replica = await open({ url: replicaUrl, syncUrl: url });
    await replica.migrate();
    await replica.candles.append(KEY, minutes(0, 600), 'rest', START_MS);
    expect((await replica.status()).replica).toBe('synced');
    expect(toRows(await replica.candles.read(KEY, 0, Infinity))).toEqual(minutes(0, 600));

    const primary = await open({ url });
    expect(toRows(await primary.candles.read(KEY, 0, Infinity))).toEqual(minutes(0, 600));
    await primary.candles.append(KEY, minutes(600, 50), 'rest', START_MS);
    await replica.sync();
    expect(toRows(await replica.candles.read(KEY, 0, Infinity))).toEqual(minutes(0, 650));

    for (const database of opened.splice(0)) await database.close();
    await stop();
    const alone = await open({ url: replicaUrl, syncUrl: url });
    expect((await alone.status()).replica).toBe('offline');
    expect(toRows(await alone.candles.read(KEY, 0, Infinity))).toEqual(minutes(0, 650));
    await expect(alone.candles.append(KEY, minutes(650, 1), 'rest', START_MS)).rejects.toMatchObject({
      kind: 'read-only',
    });
  });

  it('keeps a running replica readable without its primary, refuses writes meanwhile, and catches up', async () => {
    const replica = await open({ url: pathToFileURL(join(folder, 'replica.db')).href, syncUrl: url });
    await replica.migrate();
    await replica.candles.append(KEY, minutes(0, 10), 'rest', START_MS);
    const port = Number(new URL(url).port);
    await stop();
    expect(toRows(await replica.candles.read(KEY, 0, Infinity))).toEqual(minutes(0, 10));
    await expect(replica.candles.append(KEY, minutes(10, 5), 'rest', START_MS)).rejects.toMatchObject({
      kind: 'unavailable',
      retryable: true,
    });
    await serve(port);
    const primary = await open({ url });
    await primary.candles.append(KEY, minutes(10, 5), 'rest', START_MS);
    // With its own next write, what others wrote comes along.
    await replica.candles.append(KEY, minutes(15, 5), 'rest', START_MS);
    expect(toRows(await replica.candles.read(KEY, 0, Infinity))).toEqual(minutes(0, 20));
  });

  it('says that a token is missing, outdated or too weak, over HTTP and for a replica', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(join(folder, 'key.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
    const base64 = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');
    const tokenOf = (claims: object): string => {
      const signed = `${base64({ alg: 'EdDSA', typ: 'JWT' })}.${base64(claims)}`;
      return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
    };
    const port = Number(new URL(url).port);
    await stop();
    await serve(port, '--auth-jwt-key-file', join(folder, 'key.pem'));
    const writer = await open({ url, authToken: tokenOf({ a: 'rw' }) });
    await writer.migrate();

    const refused = { kind: 'denied', retryable: false };
    for (const authToken of [null, 'nonsense', tokenOf({ a: 'rw', exp: 1_000 })]) {
      await expect((await open({ url, authToken })).ping()).rejects.toMatchObject(refused);
      const replicaUrl = pathToFileURL(join(folder, 'refused.db')).href;
      await expect(open({ url: replicaUrl, syncUrl: url, authToken })).rejects.toMatchObject(refused);
    }
    const replicaUrl = pathToFileURL(join(folder, 'reading.db')).href;
    for (const address of [{ url }, { url: replicaUrl, syncUrl: url }]) {
      const reader = await open({ ...address, authToken: tokenOf({ a: 'ro' }) });
      expect(await reader.migrate()).toMatchObject({ pending: 0 });
      await expect(reader.candles.append(KEY, minutes(0, 1), 'rest', START_MS)).rejects.toMatchObject(refused);
    }
  }, 60_000);
});
