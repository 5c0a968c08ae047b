import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startVenue } from '@wickworks/venue';
import { CSV_HEADER } from '@wickworks/db';
import { rawClient } from '@wickworks/db/testing/raw-client';
import { wick as wickAt } from './testing/wick.js';

const root = mkdtempSync(join(tmpdir(), 'wick-cli-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let cwd: string;
let runs = 0;
let env: Record<string, string>;
beforeEach(() => {
  cwd = join(root, String(runs++));
  env = { WICK_DATA_DIR: join(cwd, 'data'), WICK_PORT: '0', WICK_VENUE_PORT: '0' };
});

const wick = (...argv: string[]) => wickAt({ cwd, env }, ...argv);

const COMMAND = [
  process.execPath,
  ...['--import', import.meta.resolve('tsx'), fileURLToPath(new URL('main.ts', import.meta.url))],
] as const;

/** One command as a process of its own, as people run it. */
function spawnWick(...argv: string[]) {
  const [node, ...script] = COMMAND;
  const child = spawn(node, [...script, ...argv], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const finished = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  return { child, finished: finished.then(([[code], out, errors]) => ({ code: code as unknown, out, errors })) };
}

const SERIES = ['--exchange', 'local', '--symbol', 'BTC/USDT', '--timeframe', '1m'];
const ROWS = ['1700000040000,1,2,0.5,1.5,10', '1700000100000,1.5,2,1,1.25,0.30000000000000004'];
const csv = (...rows: string[]): string => `${[CSV_HEADER, ...rows].join('\n')}\n`;
function fileOf(content: string): string {
  const path = join(root, `${runs++}.csv`);
  writeFileSync(path, content);
  return path;
}

describe('wick as a process', () => {
  it('imports from standard input, exports the same bytes, verifies', async () => {
    const importing = spawnWick('data', 'import', '-', ...SERIES, '--json');
    importing.child.stdin.end(csv(...ROWS));
    const imported = await importing.finished;
    expect(imported).toMatchObject({ code: 0, errors: '' });
    expect(JSON.parse(imported.out)).toMatchObject({ symbol: 'BTC/USDT', read: 2, added: 2, stored: { candles: 2 } });
    expect(await spawnWick('data', 'export', ...SERIES).finished).toEqual({ code: 0, out: csv(...ROWS), errors: '' });
  });

  it('says what is wrong with a call and exits with 2', async () => {
    const refused = await spawnWick('data', 'list', '--timeframe', '7m').finished;
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.errors).toContain('--timeframe');
    expect(refused.errors).toContain('1m 3m 5m');
  });

  it('says which port the venue cannot have, and by what setting it gets another', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const refused = await wick('venue', '--port', String(port));
    expect(refused.code).toBe(1);
    expect(refused.errors).toBe(
      `error: the venue cannot start: port ${port} is in use; set WICK_VENUE_PORT to a free one or stop the other program\n`,
    );
    holder.close();
  });

  it('runs the venue until it is told to stop', async () => {
    const { child, finished } = spawnWick('venue', '--port', '0', '--speed', '60', '--json');
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { url } = JSON.parse(line.toString()) as { url: string };
    expect((await fetch(`${url}/api/v3/ping`)).status).toBe(200);
    child.kill('SIGTERM');
    expect((await finished).code).toBe(0);
    await expect(fetch(`${url}/api/v3/ping`)).rejects.toThrow();
  });
});

describe('usage', () => {
  it.each([
    ['no command', []],
    ['an unknown command', ['dance']],
    ['the help of an unknown command', ['dance', '--help']],
    ['the help of an unknown command of a group', ['data', 'dance', '-h']],
    ['an unknown option', ['data', 'list', '--loud']],
    ['a missing argument', ['data', 'import', ...SERIES]],
    ['a missing option', ['data', 'import', 'x.csv', '--exchange', 'local']],
    ['a bad exchange', ['data', 'list', '--exchange', 'bin ance']],
    ['a bad symbol', ['data', 'list', '--symbol', 'BTCUSDT']],
    ['a bad time', ['data', 'export', ...SERIES, '--from', '2024-02-31']],
    ['a bad port', ['venue', '--port', '70000']],
    ['a bad clock', ['venue', '--clock', 'cuckoo']],
    ['a deletion without --yes', ['data', 'delete', ...SERIES]],
  ])('exits with 2 for %s', async (_, argv) => {
    const answer = await wick(...argv);
    expect(answer.code).toBe(2);
    expect(answer.errors).not.toBe('');
  });

  it('offers --help and --json on every command', async () => {
    for (const argv of [
      'data import',
      'data export',
      'data fetch',
      'data list',
      'data corrections',
      'data verify',
      'data delete',
      'db migrate',
      'db status',
      'venue',
      'doctor',
    ]) {
      const help = await wick(...argv.split(' '), '--help');
      expect(help.code, argv).toBe(0);
      expect(help.out, argv).toContain('--json');
    }
  });

  it('tells its version', async () => {
    expect(await wick('--version')).toMatchObject({ code: 0, out: '1.2.3\n' });
    expect((await wick('--version', '--json')).json()).toEqual({ version: '1.2.3' });
    expect((await spawnWick('--version').finished).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('prints the help of a group and of all', async () => {
    for (const argv of [['--help'], ['help'], ['data', '--help'], ['help', 'data']])
      expect(await wick(...argv), argv.join(' ')).toMatchObject({ code: 0, errors: '' });
  });

  it('takes exchange ids in any case', async () => {
    await wick('data', 'import', fileOf(csv(...ROWS)), ...SERIES.with(1, 'LOCAL'));
    expect((await wick('data', 'list', '--exchange', 'Local', '--json')).json()).toMatchObject({
      items: [{ exchange: 'local', candles: 2 }],
    });
  });

  it('tells wrong usage as JSON too', async () => {
    const answer = await wick('data', 'list', '--loud', '--json');
    expect(answer).toMatchObject({ code: 2 });
    expect(answer.json()).toMatchObject({
      error: { kind: 'usage', message: expect.stringContaining('--loud') as string },
    });
  });

  it('tells a failure that nobody expected as JSON too', async () => {
    mkdirSync(join(env['WICK_DATA_DIR'] ?? '', 'secret'), { recursive: true });
    const answer = await wick('user', 'list', '--json');
    expect(answer.code).toBe(1);
    expect(answer.json()).toMatchObject({
      error: { kind: 'failed', message: expect.stringContaining('EISDIR') as string },
    });
    expect(answer.errors).not.toContain('    at ');
  });

  it('says that standard output is full', async () => {
    const full = spawn('sh', ['-c', `exec "$0" "$@" > /dev/full`, ...COMMAND, 'strategy', 'examples'], {
      ...{ cwd: root, stdio: ['ignore', 'ignore', 'pipe'] },
    });
    const [ended, errors] = await Promise.all([once(full, 'exit'), text(full.stderr)]);
    expect(ended).toEqual([1, null]);
    expect(errors).toContain('standard output cannot be written');
  });

  it('names a setting that cannot be used', async () => {
    env['WICK_PORT'] = 'many';
    const answer = await wick('data', 'list');
    expect(answer.code).toBe(1);
    expect(answer.errors).toContain('WICK_PORT is "many"');
  });
});

describe('data', () => {
  it('imports nothing of a file with one bad row, and says where it is', async () => {
    const path = fileOf(csv(...ROWS, '1700000160000,1,0.5,0.5,1,1'));
    const answer = await wick('data', 'import', path, ...SERIES, '--json');
    expect(answer.code).toBe(1);
    expect(answer.errors).toContain(`${path} line 4: high is below open or close; nothing was imported`);
    expect(answer.json()).toMatchObject({ error: { kind: 'failed', line: 4 } });
    expect((await wick('data', 'list', '--json')).json()).toEqual({ items: [] });
  });

  it('tells what changed when a file comes again with other values', async () => {
    await wick('data', 'import', fileOf(csv(...ROWS)), ...SERIES);
    const again = await wick('data', 'import', fileOf(csv(ROWS[0]!, '1700000100000,1.5,2,1,1.5,9')), ...SERIES);
    expect(again.out).toContain('0 candles added, 1 known already, 1 corrected');
    const { items } = (await wick('data', 'list', '--json')).json() as { items: unknown[] };
    expect(items).toMatchObject([{ exchange: 'local', candles: 2, corrections: 1, gaps: [] }]);
    const told = (await wick('data', 'corrections', ...SERIES, '--json')).json();
    const now = [1_700_000_100_000, 1.5, 2, 1, 1.5, 9];
    const was = ROWS.map((row) => row.split(',').map(Number)).find(([time]) => time === now[0]);
    expect(told).toMatchObject({ items: [{ openTimeMs: now[0], origin: 'import', previous: was, candle: now }] });
    const changed = (await wick('data', 'corrections', ...SERIES)).out;
    expect(changed).toContain('1 correction\n');
    expect(changed).toContain(`volume ${String(was?.[5])} -> 9`);
    expect((await wick('data', 'corrections', ...SERIES.with(-1, '1h'))).out).toContain('0 corrections');
    expect((await wick('data', 'verify')).out).toContain('sound, 2 candles');
  });

  it('exports a range to a compressed file', async () => {
    await wick('data', 'import', fileOf(csv(...ROWS)), ...SERIES);
    const out = join(root, `${runs++}.csv.gz`);
    const answer = await wick('data', 'export', ...SERIES, '--from', '2023-11-14T22:15', '--out', out, '--json');
    expect(answer.json()).toMatchObject({ candles: 1 });
    expect(gunzipSync(readFileSync(out)).toString()).toBe(csv(ROWS[1]!));
    const printed = await wick('data', 'export', ...SERIES, '--json');
    expect(JSON.parse(printed.out)).toMatchObject({
      timeframe: '1m',
      candles: ROWS.map((row) => row.split(',').map(Number)),
    });
    const nowhere = await wick('data', 'export', ...SERIES, '--out', join(root, 'no', 'folder.csv'));
    expect(nowhere).toMatchObject({ code: 1, errors: expect.stringContaining('cannot be written') as string });
  });

  it('deletes what it is told to', async () => {
    await wick('data', 'import', fileOf(csv(...ROWS)), ...SERIES);
    expect((await wick('data', 'delete', ...SERIES, '--yes')).out).toContain('2 candles deleted');
    expect((await wick('data', 'delete', ...SERIES, '--yes')).code).toBe(1);
    expect((await wick('data', 'export', ...SERIES)).errors).toContain('is not stored');
  });

  it('deletes a series that is damaged, too', async () => {
    const many = Array.from({ length: 600 }, (_, i) => `${1_700_000_040_000 + i * 60_000},1,2,0.5,1.5,10`);
    await wick('data', 'import', fileOf(csv(...many)), ...SERIES);
    const database = rawClient(`file:${join(cwd, 'data', 'wickworks.db')}`);
    await database.execute("UPDATE chunks SET times = x'00'");
    database.close();
    expect((await wick('data', 'list')).out).toContain('damaged');
    expect((await wick('data', 'export', ...SERIES)).code).toBe(1);
    expect(await wick('data', 'delete', ...SERIES, '--yes')).toMatchObject({ code: 0, errors: '' });
    expect((await wick('data', 'list')).out).toContain('nothing is stored');
  });

  it('fetches only what is missing', async () => {
    const venue = await startVenue({ port: 0, speed: 0, startMs: Date.UTC(2026, 10, 20) });
    try {
      const fetchRange = (from: string, to: string) =>
        wick('data', 'fetch', '--exchange', 'local', '--symbol', 'BTC/USDT', '--timeframe', '1h', '--from', from, '--to', to, '--venue', venue.url, '--json'); // prettier-ignore
      expect((await fetchRange('2026-11-01', '2026-11-03')).json()).toMatchObject({ added: 48, absent: 0 });
      expect((await fetchRange('2026-10-31', '2026-11-04')).json()).toMatchObject({ added: 48, corrected: 0 });
      const listed = (await wick('data', 'list', '--json')).json();
      expect(listed).toMatchObject({ items: [{ candles: 96, gaps: [] }] });
    } finally {
      await venue.close();
    }
  });
});

describe('db and doctor', () => {
  it('migrates, tells the status, finds everything in order', async () => {
    expect((await wick('db', 'status', '--json')).json()).toMatchObject({ migrations: { applied: 0 }, faults: [] });
    expect((await wick('db', 'migrate', '--json')).json()).not.toMatchObject({ applied: 0 });
    expect((await wick('db', 'migrate')).out).toContain('up to date');
    const doctor = await wick('doctor', '--json');
    expect(doctor.json()).toMatchObject({ sound: true });
    expect(doctor.code).toBe(0);
  });

  it('names a data folder that cannot be made', async () => {
    env['WICK_DATA_DIR'] = join(fileOf('a file, no folder'), 'data');
    const listed = await wick('data', 'list', '--json');
    expect(listed).toMatchObject({ code: 1, errors: expect.stringContaining('set WICK_DATA_DIR') as string });
    expect(listed.json()).toMatchObject({ error: { kind: 'failed', code: 'misconfigured' } });
    const { code, json } = await wick('doctor', '--json');
    expect(code).toBe(1);
    const { checks } = json() as { checks: { name: string; state: string }[] };
    expect(checks.filter(({ state }) => state === 'failed').map(({ name }) => name)).toEqual([
      'data folder',
      'database',
    ]);
  });

  it('notices a port that someone else has, and a database that is none', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    env['WICK_PORT'] = String(typeof address === 'object' ? address?.port : '');
    const broken = join(root, 'broken.db');
    writeFileSync(broken, 'not a database, not even close to one'.repeat(100));
    env['DATABASE_URL'] = `file:${broken}`;
    const doctor = await wick('doctor', '--json');
    squatter.close();
    expect(doctor.code).toBe(1);
    const { checks } = doctor.json() as { checks: { name: string; state: string }[] };
    expect(checks.filter((check) => check.state === 'failed').map((check) => check.name)).toEqual([
      'database',
      'server port',
    ]);
  });
});
