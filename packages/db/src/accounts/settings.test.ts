import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../open-database.js';

const dir = mkdtempSync(join(tmpdir(), 'wick-settings-'));
let database: Database;

beforeAll(async () => {
  database = await openDatabase({ url: `file:${join(dir, 'a.db')}` });
  await database.migrate();
  const user = { username: 'ada', name: 'Ada', role: 'viewer' as const, passwordHash: null, clerkId: null };
  await database.accounts.users.add({ id: 'ada', ...user }, { nowMs: 1 });
});
afterAll(async () => {
  await database.close();
  rmSync(dir, { recursive: true, force: true });
});

const change = (timeMs: number) => ({
  ...{ timeMs, actorId: 'ada', actorName: 'ada', by: 'session' },
  ...{ before: '{}', after: `{"n":${timeMs}}` },
});

describe('settings', () => {
  it('of two changes of one version the second is refused, and leaves no trace', async () => {
    const { settings } = database.accounts;
    expect(await settings.find('ada')).toBeNull();
    const first = { owner: 'ada', expected: 0, chosen: '{"n":1}' };
    const both = [1, 2].map((timeMs) => settings.change(first, change(timeMs)));
    expect((await Promise.all(both)).sort()).toEqual([false, true]);
    expect(await settings.find('ada')).toMatchObject({ chosen: '{"n":1}', version: 1 });
    expect(await settings.history('ada', { beforeVersion: 100, limit: 10 })).toHaveLength(1);
  });

  it('history comes newest first, in pages, and is of one owner', async () => {
    const { settings } = database.accounts;
    for (const expected of [1, 2, 3])
      await settings.change({ owner: 'ada', expected, chosen: '{}' }, change(expected + 10));
    await settings.change({ owner: 'system', expected: 0, chosen: '{}' }, change(1));
    const versions = (rows: readonly { version: number }[]) => rows.map(({ version }) => version);
    expect(versions(await settings.history('ada', { beforeVersion: 100, limit: 2 }))).toEqual([4, 3]);
    expect(versions(await settings.history('ada', { beforeVersion: 3, limit: 2 }))).toEqual([2, 1]);
  });

  it('go with their owner', async () => {
    const { users, settings } = database.accounts;
    expect(await users.remove('ada')).toBe(true);
    expect(await settings.find('ada')).toBeNull();
    expect(await settings.history('ada', { beforeVersion: 100, limit: 2 })).toEqual([]);
    expect(await settings.find('system')).not.toBeNull();
  });
});

describe('mail tokens', () => {
  const token = { userId: 'bob', purpose: 'password' as const, address: 'b@example.com', createdMs: 10, expiresMs: 20 };

  it('are good once, until they expire, for their purpose, and only the newest', async () => {
    const { users, mailTokens } = database.accounts;
    const user = { username: 'bob', name: 'Bob', role: 'viewer' as const, passwordHash: null, clerkId: null };
    await users.add({ id: 'bob', ...user }, { nowMs: 1 });
    await mailTokens.put({ ...token, hash: 'old' });
    await mailTokens.put({ ...token, hash: 'a' });
    expect(await mailTokens.find('old', 'password', 11)).toBeNull();
    expect(await mailTokens.pending('bob', 'password', 11)).toMatchObject({ hash: 'a' });
    expect(await mailTokens.use('a', 'address', 11)).toBeNull();
    expect(await mailTokens.use('a', 'password', 20)).toBeNull();
    const twice = await Promise.all([mailTokens.use('a', 'password', 19), mailTokens.use('a', 'password', 19)]);
    expect(twice.filter(Boolean)).toHaveLength(1);
    await mailTokens.put({ ...token, hash: 'b' });
    await mailTokens.end('bob', 'password');
    expect(await mailTokens.find('b', 'password', 11)).toBeNull();
  });

  it('an account is found by its confirmed address, however it is spelled', async () => {
    const { users } = database.accounts;
    await users.update('bob', { mailAddress: 'Bob@Example.com' }, { nowMs: 2 });
    expect((await users.findByMailAddress('bob@example.COM')).map(({ id }) => id)).toEqual(['bob']);
    expect(await users.findByMailAddress('b@example.com')).toEqual([]);
  });
});
