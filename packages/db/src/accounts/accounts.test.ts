import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../open-database.js';

const dir = mkdtempSync(join(tmpdir(), 'wick-accounts-'));
const url = `file:${join(dir, 'a.db')}`;
let database: Database;

beforeAll(async () => {
  database = await openDatabase({ url });
  await database.migrate();
});
afterAll(async () => {
  await database.close();
  rmSync(dir, { recursive: true, force: true });
});

const user = (id: string) => ({
  id,
  username: id,
  name: id,
  role: 'admin' as const,
  passwordHash: null,
  clerkId: null,
});

describe('users', () => {
  it('one only is the first, a name is given once, changes are guarded by the version', async () => {
    const { users } = database.accounts;
    expect(await users.isEmpty()).toBe(true);
    const first = await Promise.all(['a', 'b'].map((id) => users.add(user(id), { nowMs: 1, onlyAsFirst: true })));
    expect(first.filter(Boolean)).toHaveLength(1);
    expect(await users.isEmpty()).toBe(false);
    expect(await users.add({ ...user('z'), username: first.find(Boolean)?.username ?? '' }, { nowMs: 1 })).toBeNull();
    await users.add(user('c'), { nowMs: 2 });
    expect(await users.update('c', { name: 'C' }, { nowMs: 3, expected: 2 })).toBeNull();
    expect(await users.update('c', { name: 'C' }, { nowMs: 3, expected: 1 })).toMatchObject({ name: 'C', version: 2 });
    expect(await users.activeAdmins()).toBe(2);
  });

  it('a time step and a recovery code are good once', async () => {
    const { users } = database.accounts;
    await users.add(user('codes'), { nowMs: 1 });
    expect(await Promise.all([users.useTotpStep('codes', 7), users.useTotpStep('codes', 7)])).toEqual([true, false]);
    expect(await users.useTotpStep('codes', 6)).toBe(false);
    await users.update('codes', { recoveryHashes: ['x', 'y'] }, { nowMs: 1 });
    const used = await Promise.all([users.useRecoveryCode('codes', 'x'), users.useRecoveryCode('codes', 'x')]);
    expect(used.sort()).toEqual([false, true]);
    expect((await users.find('codes'))?.recoveryHashes).toEqual(['y']);
  });
});

describe('sessions', () => {
  it('rotate their token; one that comes again ends them', async () => {
    const { users, sessions } = database.accounts;
    await users.add(user('s'), { nowMs: 1 });
    const session = { id: 'S', userId: 's', method: 'password', address: '', agent: '', createdMs: 1, expiresMs: 100 };
    await sessions.begin(session, 'h1');
    const rotate = (hash: string, nextHash: string) => sessions.rotate({ hash, nextHash, address: '', nowMs: 5 });
    expect((await rotate('h1', 'h2')).kind).toBe('rotated');
    expect((await rotate('none', 'h3')).kind).toBe('unknown');
    expect(await sessions.findLive('S', 5)).not.toBeNull();
    expect((await rotate('h1', 'h4')).kind).toBe('reused');
    expect(await sessions.findLive('S', 5)).toBeNull();
    expect((await rotate('h2', 'h5')).kind).toBe('unknown');
  });

  it('end by time and by hand', async () => {
    const { sessions } = database.accounts;
    const session = { id: 'T', userId: 's', method: 'password', address: '', agent: '', createdMs: 1, expiresMs: 100 };
    await sessions.begin(session, 't1');
    expect(await sessions.findLive('T', 100)).toBeNull();
    expect(await sessions.end('T', { userId: 'other', by: 'revoked', nowMs: 5 })).toBe(false);
    expect(await sessions.endAll('s', { by: 'revoked', nowMs: 5 })).toEqual(['T']);
    expect(await sessions.end('T', { userId: 's', by: 'revoked', nowMs: 5 })).toBe(false);
  });
});

describe('the audit log', () => {
  const entry = (action: string) => ({
    timeMs: 1,
    actorId: 'u',
    actorName: 'u',
    by: 'session',
    action,
    target: 't',
    before: null,
    after: null,
    address: '',
    agent: '',
    requestId: '',
  });

  it('links entries in order, also when written at once, and cannot be changed', async () => {
    const { audit } = database.accounts;
    const append = (action: string) =>
      audit.append(entry(action), (seq, previous) => ({ previousHash: previous ?? 'start', hash: `h${seq}` }));
    await Promise.all(['a', 'b', 'c', 'd'].map(append));
    const rows = await audit.readAfter(0, 10);
    expect(rows.map(({ seq, previousHash }) => [seq, previousHash])).toEqual([
      [1, 'start'],
      [2, 'h1'],
      [3, 'h2'],
      [4, 'h3'],
    ]);
    expect((await audit.list({ action: 'b' }, 10)).map(({ seq }) => seq)).toEqual([2]);
    expect((await audit.list({ beforeSeq: 4 }, 2)).map(({ seq }) => seq)).toEqual([3, 2]);
    const intruder = createClient({ url });
    await expect(intruder.execute("UPDATE audit_log SET action = 'x'")).rejects.toThrow('append-only');
    await expect(intruder.execute('DELETE FROM audit_log')).rejects.toThrow('append-only');
    intruder.close();
    expect(await audit.highestSeq()).toBe(4);
  });
});

describe('idempotent answers', () => {
  it('one request claims a key, others get what it left', async () => {
    const { idempotentAnswers } = database.accounts;
    const claim = (nowMs: number) =>
      idempotentAnswers.claim({ id: 'k', fingerprint: 'f', nowMs, forgetBeforeMs: nowMs - 100 });
    const claims = await Promise.all([claim(1), claim(1)]);
    expect(claims[0]).toBeNull();
    expect(claims[1]).toMatchObject({ status: null });
    await idempotentAnswers.keep('k', { status: 201, headers: { location: '/x' }, body: '{}' });
    expect(await claim(50)).toMatchObject({ status: 201, body: '{}', headers: { location: '/x' } });
    expect(await claim(200)).toBeNull();
    await idempotentAnswers.release('k');
    expect(await claim(200)).toBeNull();
  });
});
