import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { masterId, seal, sealContext, sealedBy, unseal } from '@wickworks/accounts';
import { openDatabase, type Database } from '@wickworks/db';
import { rawClient } from '@wickworks/db/testing/raw-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const PEOPLE = 1_500;
const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const OLD = 'the root secret that is to be replaced';
const NEW = 'the root secret that comes in its place';

let dataDir: string;
let database: Database;
const children = new Set<ChildProcess>();

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'wick-rotation-'));
  database = await openDatabase({ url: `file:${join(dataDir, 'wickworks.db')}` });
  await database.migrate();
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Many people with a second factor sealed under `secret`. */
async function fill(secret: string): Promise<void> {
  const client = rawClient(`file:${join(dataDir, 'wickworks.db')}`);
  const people = Array.from({ length: PEOPLE }, (_, index) => `u${index}`);
  await client.batch(
    people.map((id) => ({
      sql: "INSERT INTO users VALUES (?,?,?,'viewer',NULL,?,1,NULL,'[]',NULL,NULL,1,1,1,NULL)",
      args: [id, id, id, seal(secret, sealContext('totp', id), `of ${id}`)],
    })),
    'write',
  );
  client.close();
}

function wick(line: string, env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), MAIN, ...line.split(' ')], {
    env: { PATH: process.env['PATH'], WICK_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}
async function ended(child: ChildProcess): Promise<{ code: number | null; text: string }> {
  let text = '';
  child.stdout?.on('data', (piece: Buffer) => (text += piece.toString()));
  child.stderr?.on('data', (piece: Buffer) => (text += piece.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, text };
}

/** How many rows each master key has sealed. */
async function sealers(): Promise<Map<string | null, number>> {
  const counts = new Map<string | null, number>();
  for (const { sealed } of await database.accounts.seals.list())
    counts.set(sealedBy(sealed), (counts.get(sealedBy(sealed)) ?? 0) + 1);
  return counts;
}

/** Kills `child` when it has sealed some rows anew, not all. */
async function killHalfWay(child: ChildProcess, oldId: string): Promise<void> {
  for (;;) {
    const left = (await sealers()).get(oldId) ?? 0;
    if (left < PEOPLE - 100) break;
    expect(child.exitCode).toBeNull();
    await pause(2);
  }
  child.kill('SIGKILL');
  if (child.signalCode === null) await once(child, 'exit');
  const counts = await sealers();
  expect(counts.size).toBe(2);
}

async function expectAllOpenWith(secret: string): Promise<void> {
  const rows = await database.accounts.seals.list();
  expect(rows).toHaveLength(PEOPLE);
  for (const { id, sealed } of rows)
    expect(unseal(secret, sealContext('totp', id), sealed)).toEqual({ ok: true, value: `of ${id}` });
}

describe('a rotation that is killed half way', () => {
  it('keeps everything else out and is finished by the next run; the log verifies', async () => {
    writeFileSync(join(dataDir, 'secret'), `${OLD}\n`, { mode: 0o600 });
    await fill(OLD);
    await killHalfWay(wick('secret rotate'), masterId(OLD));
    expect(readFileSync(join(dataDir, 'secret'), 'utf8').trim()).toBe(OLD);

    const other = await ended(wick('user list'));
    expect(other.code).toBe(1);
    expect(other.text).toContain('secret rotate');

    expect(await ended(wick('secret rotate'))).toMatchObject({ code: 0 });
    const secret = readFileSync(join(dataDir, 'secret'), 'utf8').trim();
    expect(secret).not.toBe(OLD);
    expect([...(await sealers()).keys()]).toEqual([masterId(secret)]);
    await expectAllOpenWith(secret);
    expect(existsSync(join(dataDir, 'secret.new'))).toBe(false);
    expect(await ended(wick('audit verify'))).toMatchObject({ code: 0 });
  }, 120_000);

  it('to a configured secret goes on with the same two, and with no others', async () => {
    await fill(OLD);
    const both = { WICK_SECRET: OLD, WICK_NEW_SECRET: NEW };
    await killHalfWay(wick('secret rotate', both), masterId(OLD));
    const another = { ...both, WICK_NEW_SECRET: 'yet another secret of enough characters' };
    expect(await ended(wick('secret rotate', another))).toMatchObject({ code: 1 });
    // The operator thought it was done, and set the new one.
    const ahead = { WICK_SECRET: NEW, WICK_NEW_SECRET: 'yet another secret of enough characters' };
    expect(await ended(wick('secret rotate', ahead))).toMatchObject({ code: 1 });
    expect(await ended(wick('secret rotate', both))).toMatchObject({ code: 0 });
    await expectAllOpenWith(NEW);
    expect(await ended(wick('audit verify', { WICK_SECRET: NEW }))).toMatchObject({ code: 0 });
  }, 120_000);

  it('at its very end, with the new secret in place already, it only has to be said so', async () => {
    writeFileSync(join(dataDir, 'secret'), `${OLD}\n`, { mode: 0o600 });
    await fill(OLD);
    expect(await ended(wick('secret rotate'))).toMatchObject({ code: 0 });
    const secret = readFileSync(join(dataDir, 'secret'), 'utf8').trim();
    const marker = join(dataDir, 'secret-rotation.json');
    writeFileSync(`${marker}.tmp`, JSON.stringify({ from: masterId(OLD), to: masterId(secret) }));
    renameSync(`${marker}.tmp`, marker);
    expect(await ended(wick('secret rotate'))).toMatchObject({ code: 0 });
    expect(existsSync(marker)).toBe(false);
    expect(readFileSync(join(dataDir, 'secret'), 'utf8').trim()).toBe(secret);
    await expectAllOpenWith(secret);
    expect(await ended(wick('audit verify'))).toMatchObject({ code: 0 });
  }, 120_000);
});
