import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRules, JobView, listOf, StrategyView } from '@wickworks/contracts';
import { wick as wickAt } from '../testing/wick.js';

const cwd = mkdtempSync(join(tmpdir(), 'wick-cli-strategy-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const wickWith =
  (env: Readonly<Record<string, string>>) =>
  async (...argv: string[]) => {
    const { code, errors, json } = await wickAt({ cwd, env }, ...argv, '--json');
    return { code, errors, json: json() };
  };
/** The items of what was printed; lists of the CLI are whole. */
const pageOf = (json: unknown): unknown => ({ ...(typeof json === 'object' ? json : {}), nextCursor: null });
const itemsOf = (json: unknown): StrategyView[] => listOf(StrategyView).parse(pageOf(json)).items;

describe('wick strategy on the store', () => {
  const wick = wickWith({ WICK_DATA_DIR: join(cwd, 'store') });

  it('examples are listed, saved, shown, written, and saved again as the next version', async () => {
    expect(await wick('strategy', 'list')).toMatchObject({ code: 0, json: { items: [] } });
    const examples = await wick('strategy', 'examples');
    expect(JSON.stringify(examples.json)).toContain('trend-ema-cross');
    const imported = await wick('strategy', 'import', 'trend-ema-cross');
    const { id, name } = StrategyView.parse(imported.json);
    expect(itemsOf((await wick('strategy', 'list')).json)).toMatchObject([{ id, version: 1, running: [] }]);
    expect(await wick('strategy', 'show', name)).toMatchObject({ code: 0, json: { id } });
    expect(await wick('strategy', 'export', id, '--out', 'mine.json')).toMatchObject({ code: 0, json: { version: 1 } });
    const document: unknown = JSON.parse(readFileSync(join(cwd, 'mine.json'), 'utf8'));
    writeFileSync(join(cwd, 'mine.json'), JSON.stringify(Object.assign({}, document, { name: 'Mine' })));
    expect(await wick('strategy', 'validate', 'mine.json')).toMatchObject({ code: 0, json: { valid: true } });
    expect(await wick('strategy', 'import', 'mine.json', '--as', name)).toMatchObject({
      code: 0,
      json: { id, version: 2, name: 'Mine' },
    });
    expect(await wick('strategy', 'export', 'Mine')).toMatchObject({ code: 0, json: { name: 'Mine' } });
  });

  it.each([
    [['strategy', 'show', 'nonsense'], 1, 'no strategy of the id or name "nonsense"'],
    [['strategy', 'examples', 'nonsense'], 2, 'no example "nonsense"'],
    [['strategy', 'list', '--user', 'nobody'], 1, 'no account "nobody"'],
    [['strategy', 'import', 'nonsense'], 2, 'neither a file nor a built-in example'],
    [['job', 'list', '--server', 'nonsense'], 2, '--server nonsense'],
    [
      ['job', 'list', '--server', 'http://127.0.0.1:2'],
      1,
      'the server gives no answer: connect ECONNREFUSED 127.0.0.1:2',
    ],
    [['strategy', 'export', 'nonsense', '--out', 'x'], 1, 'no strategy of the id or name "nonsense"'],
  ])('%j says what is wrong', async (argv, code, message) => {
    const told = await wick(...argv);
    expect(told.code).toBe(code);
    expect(told.errors).toContain(message);
  });

  it.each<[string, Record<string, string>, string]>([
    ['an address in the environment', { WICK_SERVER: 'nonsense' }, 'WICK_SERVER nonsense: expected a base URL'],
    ['an address with a password', { WICK_SERVER: 'http://me:hunter2@127.0.0.1:9' }, 'WICK_SERVER: an address without'],
    [
      'a key of two lines',
      { WICK_SERVER: 'http://127.0.0.1:9', WICK_API_KEY: 'wk_hunter2\nx' },
      'WICK_API_KEY is no key',
    ],
    [
      'a key no header takes',
      { WICK_SERVER: 'http://127.0.0.1:9', WICK_API_KEY: 'hunter2€' },
      'WICK_API_KEY is no key',
    ],
  ])('%s is refused by its name, without what is secret', async (_what, env, message) => {
    for (const argv of [
      ['job', 'list'],
      ['api', 'GET', '/jobs'],
    ]) {
      const told = await wickWith(env)(...argv);
      expect(told.errors).toContain(message);
      expect(JSON.stringify(told)).not.toContain('hunter2');
      expect(told.code).toBeGreaterThan(0);
    }
  });

  it('a server that answers otherwise is told apart from one that does not answer', async () => {
    const other = createServer((_request, response) => void response.writeHead(404).end('nothing here'));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const told = await wick('job', 'list', '--server', `http://127.0.0.1:${String(port)}`);
    other.close();
    expect(told.errors).toContain('the server does not answer as Wickworks does: answered 404');
  });

  it('Ctrl-C ends a request that nobody answers', async () => {
    const stop = new AbortController();
    const silent = createServer(() => stop.abort()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const env = { WICK_SERVER: `http://127.0.0.1:${String(port)}` };
    expect(await wickAt({ cwd, env, signal: stop.signal }, 'job', 'list')).toMatchObject({
      ...{ code: 1, errors: 'error: stopped\n' },
    });
    silent.closeAllConnections();
    silent.close();
  });

  it('a faulty file is refused by the names of its fields', async () => {
    writeFileSync(join(cwd, 'bad.json'), JSON.stringify({ schema: 1, name: 'Bad', timeframe: '7m', entry: {} }));
    for (const command of ['validate', 'import'])
      expect(await wick('strategy', command, 'bad.json')).toMatchObject({
        code: 1,
        json: { error: { issues: [{ path: 'timeframe' }, { path: 'size' }] } },
      });
  });
});

describe('wick strategy and job on a running server', () => {
  let server: ChildProcess;
  let wick: ReturnType<typeof wickWith>;
  beforeAll(async () => {
    const main = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url));
    server = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        WICK_DATA_DIR: join(cwd, 'server'),
        WICK_PORT: '0',
        WICK_VENUE_PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let url: string | undefined;
    for await (const line of createInterface({ input: server.stdout! })) {
      url = /^ready (\S+)/.exec(line)?.[1];
      if (url !== undefined) break;
    }
    wick = wickWith({ WICK_DATA_DIR: join(cwd, 'elsewhere'), WICK_SERVER: url ?? '' });
  }, 60_000);
  afterAll(async () => {
    server.kill('SIGTERM');
    await once(server, 'exit');
  });

  it('saves, proves, starts, tells signals, stops; jobs are listed and cancelled', async () => {
    const imported = await wick('strategy', 'import', 'trend-ema-cross');
    const { id, name } = StrategyView.parse(imported.json);
    expect(await wick('strategy', 'proof', name, '--again')).toMatchObject({ code: 0, json: { strategyId: id } });
    const started = await wick('strategy', 'start', id, '--exchange', 'local', '--symbol', 'BTC/USDT');
    expect(started).toMatchObject({ code: 0, json: { running: [{ exchange: 'local', symbol: 'BTC/USDT' }] } });
    expect(await wick('strategy', 'signals', name)).toMatchObject({ code: 0, json: { items: [] } });
    expect(await wick('strategy', 'stop', id)).toMatchObject({ code: 0, json: { running: [] } });
    const jobs = await wick('job', 'list');
    const [job] = listOf(JobView).parse(pageOf(jobs.json)).items;
    expect(job).toMatchObject({ kind: 'proof' });
    // It has ended already, and stays as it ended.
    expect(await wick('job', 'cancel', job?.id ?? '')).toMatchObject({ code: 0, json: { state: 'done' } });
  });

  it('what the server refuses is told by the names of the fields', async () => {
    const [saved] = itemsOf((await wick('strategy', 'list')).json);
    const id = saved?.id ?? '';
    const market = ['--exchange', 'local', '--symbol', 'BTC/USDT'];
    expect(await wick('strategy', 'start', id, ...market, '--param', 'nonsense=1')).toMatchObject({ code: 2 });
    expect((await wick('strategy', 'start', id, ...market, '--symbol', 'BTC/USDT')).json).toMatchObject({
      error: { issues: [{ path: 'markets.1', message: 'BTC/USDT was given twice' }] },
    });
    const [name = ''] = Object.keys(saved && isRules(saved.document) ? saved.document.params : {});
    for (const text of ['', 'abc'])
      expect(await wick('strategy', 'start', id, ...market, '--param', `${name}=${text}`)).toMatchObject({
        ...{ code: 2, json: { error: { message: `--param ${name}: "${text}" is no number` } } },
      });
    const tooMuch = await wick('strategy', 'start', id, ...market, '--param', `${name}=1000000`);
    expect(tooMuch).toMatchObject({ code: 1, json: { error: { issues: [{ path: `params.${name}` }] } } });
    const unknown = await wick('strategy', 'start', id, '--exchange', 'local', '--symbol', 'X/Y');
    expect(unknown).toMatchObject({ code: 1, json: { error: { code: 'unknown-symbol' } } });
    expect(await wick('job', 'cancel', 'nonsense')).toMatchObject({ code: 1, json: { error: { code: 'not-found' } } });
    expect(await wick('strategy', 'list', '--user', 'ann')).toMatchObject({ code: 2 });
  });
});
