import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealContext, tokenHash, unseal } from '@wickworks/accounts';
import { openDatabase, type Database } from '@wickworks/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wick as wickAt } from '../testing/wick.js';

const cwd = mkdtempSync(join(tmpdir(), 'wick-cli-administration-'));
const dataDir = join(cwd, 'data');
let database: Database;

async function wick(line: string, env: Record<string, string> = {}) {
  const place = { cwd, env: { WICK_DATA_DIR: dataDir, ...env }, nowMs: () => 1_000_000 };
  const { code, errors, json } = await wickAt(place, ...line.split(' '), '--json');
  return { code, errors, json: json() };
}

beforeAll(async () => {
  expect(await wick('user add root --role admin')).toMatchObject({ code: 0 });
  database = await openDatabase({ url: `file:${join(dataDir, 'wickworks.db')}` });
});
afterAll(async () => {
  await database.close();
  rmSync(cwd, { recursive: true, force: true });
});

describe('wick settings', () => {
  it('changes, shows and tells the history of the installation’s', async () => {
    expect(await wick('settings set sessionDays=7 selfRegistration=true mailFrom=wick@example.com')).toMatchObject({
      ...{ code: 0, json: { version: 1, before: { sessionDays: null }, after: { sessionDays: 7 } } },
    });
    expect(await wick('settings set sessionDays=7')).toMatchObject({ code: 0, json: { changed: {} } });
    expect(await wick('settings get sessionDays')).toMatchObject({
      json: { version: 1, settings: [{ name: 'sessionDays', value: 7, source: 'stored' }] },
    });
    expect(await wick('settings set sessionDays=default')).toMatchObject({ json: { after: { sessionDays: null } } });
    expect(await wick('settings history')).toMatchObject({
      json: [
        { version: 2, actorName: 'wick', by: 'cli', before: { sessionDays: 7 }, after: { sessionDays: null } },
        { version: 1, after: { selfRegistration: true, mailFrom: 'wick@example.com' } },
      ],
    });
    const [entry] = await database.accounts.audit.list({ action: 'settings.change' }, 1);
    expect(entry).toMatchObject({ target: 'settings', before: '{"sessionDays":7}', after: '{"sessionDays":null}' });
  });

  it('changes those of a user', async () => {
    expect(await wick('settings set theme=dark timeframe=4h --user root')).toMatchObject({ code: 0 });
    expect(await wick('settings get theme --user root')).toMatchObject({ json: { settings: [{ value: 'dark' }] } });
    expect(await wick('settings get theme --user nobody')).toMatchObject({ code: 1 });
  });

  it('names a setting that is none, whatever it is called', async () => {
    for (const name of ['theme', '__proto__', 'toString'])
      expect(await wick(`settings set ${name}=1`)).toMatchObject({
        ...{ code: 2, json: { error: { message: `there is no setting "${name}"` } } },
      });
  });

  it.each(['sessionDays=0', 'sessionDays=many', 'nothing=1', 'sessionDays', 'exchange=kraken', 'timeframe=2m'])(
    'refuses %s',
    async (pair) => {
      expect(await wick(`settings set ${pair}`)).toMatchObject({ code: 2 });
    },
  );

  it('leaves to the environment what it says', async () => {
    const env = { WICK_MAIL_FROM: 'env@example.com' };
    expect(await wick('settings get mailFrom', env)).toMatchObject({
      json: { settings: [{ value: 'env@example.com', source: 'environment' }] },
    });
    expect(await wick('settings set mailFrom=a@b.example', env)).toMatchObject({ code: 1 });
  });
});

describe('wick user update, session, invitation', () => {
  it('the last admin stays one; mail goes where the operator says', async () => {
    expect(await wick('user update root --role viewer')).toMatchObject({ code: 1 });
    expect(await wick('user update root')).toMatchObject({ code: 2 });
    expect(await wick('user update root --mail nowhere')).toMatchObject({ code: 2 });
    expect(await wick('user update root --mail root@example.com --display-name Boss')).toMatchObject({ code: 0 });
    expect(await database.accounts.users.find('local')).toMatchObject({
      mailAddress: 'root@example.com',
      name: 'Boss',
    });
    await wick('user update root --mail none');
    expect(await database.accounts.users.find('local')).toMatchObject({ mailAddress: null });
  });

  it('sessions are listed and ended', async () => {
    for (const id of ['one', 'two', 'three']) {
      const session = { id, userId: 'local', method: 'password', address: '10.0.0.1', agent: '', createdMs: 1 };
      await database.accounts.sessions.begin({ ...session, expiresMs: 2_000_000 }, tokenHash(id));
    }
    expect((await wick('session list --user root')).json).toHaveLength(3);
    expect(await wick('session end --user root')).toMatchObject({ code: 2 });
    expect(await wick('session end one --user root')).toMatchObject({ code: 0 });
    expect(await wick('session end one --user root')).toMatchObject({ code: 1 });
    expect(await wick('session end --all --user root')).toMatchObject({ json: { ended: 2 } });
    expect((await wick('session list --user root')).json).toEqual([]);
  });

  it('an invitation holds as long as the settings say, and can be taken back', async () => {
    await wick('settings set invitationDays=2');
    const { json } = await wick('invitation create --role trader');
    expect(json).toMatchObject({ role: 'trader', expiresMs: 1_000_000 + 2 * 24 * 60 * 60_000 });
    const [open] = await database.accounts.invitations.listOpen(1_000_000);
    expect(json).toMatchObject({ id: open?.id });
    expect((await wick('invitation list')).json).toMatchObject([{ id: open?.id }]);
    expect(await wick(`invitation remove ${String(open?.id)}`)).toMatchObject({ code: 0 });
    expect(await wick(`invitation remove ${String(open?.id)}`)).toMatchObject({ code: 1 });
  });
});

describe('wick credential', () => {
  it('stores keys from a file, sealed; shows and forgets them', async () => {
    const add = 'credential add --user root --exchange local --label main --key-file';
    writeFileSync(join(cwd, 'bad.json'), '{"apiKey":"hunter2"}');
    const bad = await wick(`${add} bad.json`);
    expect(bad.code).toBe(2);
    expect(JSON.stringify(bad)).not.toContain('hunter2');
    expect(bad.errors).toBe('error: bad.json: secret is missing\n');
    writeFileSync(join(cwd, 'odd.json'), '{"apiKey":"hunter2","secret":"hunter3","scret":"hunter4"}');
    expect((await wick(`${add} odd.json`)).errors).toBe('error: odd.json: scret there is no such field\n');
    expect(await wick(`${add.replace('main', 'x'.repeat(81))} bad.json`)).toMatchObject({
      ...{ code: 2, errors: expect.stringContaining('--label: ') as string },
    });
    writeFileSync(join(cwd, 'keys.json'), '{"apiKey":"the-key","secret":"the-secret"}');
    expect(await wick(`${add.replace('local', 'kraken')} keys.json`)).toMatchObject({ code: 1 });
    expect(await wick(`${add} keys.json`)).toMatchObject({ code: 0 });
    const listed = await wick('credential list --user root');
    expect(listed.json).toMatchObject([{ exchange: 'local', label: 'main', hint: 'the-…', permissions: null }]);
    expect(JSON.stringify(listed.json)).not.toContain('the-secret');
    const [row] = await database.accounts.exchangeCredentials.list({ userId: 'local' });
    const secret = readFileSync(join(dataDir, 'secret'), 'utf8').trim();
    const context = sealContext('exchange-credential', row?.id ?? '');
    expect(unseal(secret, context, row?.sealed ?? '')).toEqual({
      ok: true,
      value: '{"apiKey":"the-key","secret":"the-secret"}',
    });
    expect(await wick(`credential remove ${row?.id ?? ''} --user root`)).toMatchObject({ code: 0 });
    expect(await wick(`credential remove ${row?.id ?? ''} --user root`)).toMatchObject({ code: 1 });
  });
});

describe('wick audit export', () => {
  it('writes what passes the filters, for its owner alone', async () => {
    expect(await wick('audit export --out log.ndjson --action settings.change')).toMatchObject({ code: 0 });
    const path = join(cwd, 'log.ndjson');
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(lines.every((line) => line.includes('"action":"settings.change"'))).toBe(true);
    expect(lines.length).toBeGreaterThan(1);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await wick('audit export --out log.csv --format csv --user root')).toMatchObject({ json: { entries: 0 } });
    expect(readFileSync(join(cwd, 'log.csv'), 'utf8')).toMatch(/^seq,timeMs,/);
    expect(await wick('audit export --out nowhere/log')).toMatchObject({ code: 1 });
    expect(await wick('audit verify')).toMatchObject({ code: 0 });
  });
});
