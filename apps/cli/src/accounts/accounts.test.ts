import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isApiKey, Passwords, seal, sealContext, unseal } from '@wickworks/accounts';
import { openDatabase } from '@wickworks/db';
import { lockFolder } from '@wickworks/db/preflight';
import { rawClient } from '@wickworks/db/testing/raw-client';
import { afterAll, expect, it } from 'vitest';
import { wick as wickAt } from '../testing/wick.js';

const cwd = mkdtempSync(join(tmpdir(), 'wick-cli-accounts-'));
const dataDir = join(cwd, 'data');
const url = `file:${join(dataDir, 'wickworks.db')}`;
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

async function wick(line: string, env: Record<string, string> = {}) {
  const place = { cwd, env: { WICK_DATA_DIR: dataDir, ...env } };
  const { code, errors, json } = await wickAt(place, ...line.split(' '), '--json');
  return { code, errors, json: json() };
}
const secret = (): string => readFileSync(join(dataDir, 'secret'), 'utf8').trim();
/** One text of what a command printed. */
const field = (json: unknown, name: string): string => {
  const found: unknown =
    typeof json === 'object' && json !== null ? Object.entries(json).find(([key]) => key === name)?.[1] : null;
  if (typeof found !== 'string') throw new Error(`there is no text "${name}"`);
  return found;
};

it('accounts are made, listed, kept out and given new passwords', async () => {
  expect(await wick('user add ada --role trader')).toMatchObject({ code: 2 });
  expect(field((await wick('user add Root --role admin')).json, 'id')).toBe('local');
  expect(await wick('user add root')).toMatchObject({ code: 1 });
  writeFileSync(join(cwd, 'weak'), 'password1234\n');
  expect(await wick('user add ada --password-file weak')).toMatchObject({ code: 1 });
  expect((await wick('user add ada --password-file weak')).errors).toContain('the password in weak: ');
  writeFileSync(join(cwd, 'lines'), 'correct horse battery staple 77\r\nand more\n');
  expect(await wick('user add ada --password-file lines')).toMatchObject({
    ...{ code: 1, errors: expect.stringContaining('the password in lines must be one line') as string },
  });
  const first = field((await wick('user add ada')).json, 'password');
  expect(await wick('user disable root')).toMatchObject({ code: 1 });
  expect(await wick('user disable nobody')).toMatchObject({ code: 1 });
  expect(await wick('user disable ada')).toMatchObject({ code: 0 });
  const listed = (await wick('user list')).json;
  expect(listed).toMatchObject([
    { username: 'root', role: 'admin', isDisabled: false },
    { username: 'ada', role: 'trader', isDisabled: true },
  ]);
  const second = field((await wick('user reset-password ada')).json, 'password');
  expect(second).not.toBe(first);
  const database = await openDatabase({ url });
  const { passwordHash = null } = (await database.accounts.users.findByUsername('ada')) ?? {};
  await database.close();
  expect(await new Passwords().verify(passwordHash, second)).toBe(true);
  expect(await new Passwords().verify(passwordHash, first)).toBe(false);
});

it('API keys are shown once and revoked', async () => {
  expect(await wick('api-key create k --user root --scope nonsense')).toMatchObject({ code: 2 });
  expect(await wick('api-key create k --user root --scope jobs:read --network 10.0.0.0/99')).toMatchObject({ code: 2 });
  for (const name of ['x'.repeat(81), '\t'])
    expect(await wick(`api-key create ${name} --user root --scope jobs:read`)).toMatchObject({ code: 2 });
  const { json } = await wick('api-key create k --user root --scope jobs:read --days 3');
  const [id, key] = [field(json, 'id'), field(json, 'key')];
  expect(isApiKey(key)).toBe(true);
  const listed = JSON.stringify((await wick('api-key list')).json);
  expect(listed).toContain(id);
  expect(listed).not.toContain(key);
  expect(await wick(`api-key revoke ${id}`)).toMatchObject({ code: 0 });
  expect(await wick(`api-key revoke ${id}`)).toMatchObject({ code: 1 });
});

it('a password of a file is taken as it stands, but for the end of its line', async () => {
  writeFileSync(join(cwd, 'spaced'), 'correct horse battery staple 77 \n');
  expect(await wick('user add eve --password-file spaced')).toMatchObject({ code: 0 });
  const database = await openDatabase({ url });
  const { passwordHash = null } = (await database.accounts.users.findByUsername('eve')) ?? {};
  await database.close();
  expect(await new Passwords().verify(passwordHash, 'correct horse battery staple 77 ')).toBe(true);
});

it('what is stored cannot steer the terminal of whoever lists it', async () => {
  const place = { cwd, env: { WICK_DATA_DIR: dataDir } };
  const named = ['api-key', 'create', 'a\u001b[31mred\nnext', '--user', 'root', '--scope', 'jobs:read'];
  expect(await wickAt(place, ...named)).toMatchObject({ code: 0 });
  const { out } = await wickAt(place, 'api-key', 'list');
  expect(out).toContain('a\ufffd[31mred\ufffdnext');
  expect(await wickAt(place, 'session', 'list', '--user', '\u001b[2J')).toMatchObject({
    errors: 'error: there is no account "\ufffd[2J"\n',
  });
});

it('the root secret is replaced: what was sealed opens with the new one, the log verifies through it', async () => {
  const before = secret();
  const database = await openDatabase({ url });
  const totpSecret = seal(before, sealContext('totp', 'local'), 'shared');
  await database.accounts.users.update('local', { totpSecret }, { nowMs: 1 });
  const lock = lockFolder(dataDir);
  expect(await wick('secret rotate')).toMatchObject({ code: 1 });
  lock?.release();
  expect(await wick('secret rotate')).toMatchObject({ code: 0, json: { resealed: 1, unreadable: [] } });
  expect(secret()).not.toBe(before);
  expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
  const user = await database.accounts.users.find('local');
  const context = sealContext('totp', 'local');
  expect(unseal(secret(), context, user?.totpSecret ?? '')).toEqual({ ok: true, value: 'shared' });
  expect(unseal(before, context, user?.totpSecret ?? '').ok).toBe(false);
  await wick('user disable ada --undo');
  expect(await wick('secret rotate')).toMatchObject({ code: 0 });
  expect(await wick('audit verify')).toMatchObject({ code: 0, json: { fault: null } });
  await database.close();
});

it('a configured secret is replaced by the one named', async () => {
  const env = { WICK_SECRET: secret() };
  expect(await wick('secret rotate', env)).toMatchObject({ code: 1 });
  const next = 'n'.repeat(40);
  expect(await wick('secret rotate', { ...env, WICK_NEW_SECRET: next })).toMatchObject({ code: 0 });
  expect(await wick('audit verify', { WICK_SECRET: next })).toMatchObject({ code: 0 });
  writeFileSync(join(dataDir, 'secret'), `${next}\n`);
  expect(await wick('user disable ada')).toMatchObject({ code: 0 });
});

it.each([
  ['changed', "UPDATE audit_log SET actor_name = 'x' WHERE seq = 3", 3, 'not what was written'],
  ['removed', 'DELETE FROM audit_log WHERE seq = 5', 6, 'missing'],
  ['cut off', 'DELETE FROM audit_log WHERE seq = (SELECT max(seq) FROM audit_log)', null, 'cut off'],
])('whoever opens the database and has an entry %s is found out', async (_what, statement, seq, reason) => {
  const client = rawClient(url);
  await client.execute('PRAGMA journal_mode = WAL');
  const rows = await client.execute('SELECT * FROM audit_log');
  for (const name of ['audit_log_keeps_entries', 'audit_log_loses_nothing'])
    await client.execute(`DROP TRIGGER IF EXISTS ${name}`);
  await client.execute(statement);
  expect(await wick('audit verify')).toMatchObject({ code: 1, json: { fault: { seq: seq ?? rows.rows.length } } });
  expect(JSON.stringify((await wick('audit verify')).json)).toContain(reason);
  // As it was, for the next one.
  await client.execute('DELETE FROM audit_log');
  for (const row of rows.rows)
    await client.execute({
      sql: `INSERT INTO audit_log VALUES (${rows.columns.map(() => '?').join(',')})`,
      args: rows.columns.map((column) => row[column] ?? null),
    });
  expect(await wick('audit verify')).toMatchObject({ code: 0 });
  client.close();
});
