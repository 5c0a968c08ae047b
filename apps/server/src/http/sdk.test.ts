import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API, type StrategyDocumentInput } from '@wickworks/contracts';
import { createWickSdk, type WickSdk } from '@wickworks/client';
import { WebSocket } from 'ws';
import { becomeAdmin, PASSWORD } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const NOW = Date.UTC(2026, 0, 1, 12);
const scripted = (): ScriptedExchange => {
  const exchange = ScriptedExchange.withMinutes(NOW, 3_000);
  return exchange;
};

describe('the SDK’s README', () => {
  let server: TestServer;
  const folder = mkdtempSync(join(tmpdir(), 'wick-readme-'));
  beforeAll(async () => {
    server = await startTestServer([scripted()]);
    await server.assembled;
  });
  afterAll(async () => {
    await server.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const readme = readFileSync(new URL('../../../../packages/client/README.md', import.meta.url), 'utf8');
  const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);

  it.each([
    [0, /trend-ema-cross/],
    [1, /proof (passed|failed|no-data).*\nsignals 0\nsaved true and who is late is told so: true/],
    [2, /backtest done .*[0-9a-f]{64}/],
    [3, /ended backtest of \d+/],
  ])('example %i does what it says', async (index, expected) => {
    const code = (examples[index] ?? '')
      .replace(`'@wickworks/client'`, JSON.stringify(import.meta.resolve('@wickworks/client')))
      .replace(`'ws'`, JSON.stringify(import.meta.resolve('ws')));
    const file = join(folder, `${String(index)}.mts`);
    writeFileSync(file, code);
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), file], {
      env: { ...process.env, WICK_URL: server.url, WICK_EXCHANGE: 'scripted' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exited = once(child, 'exit') as Promise<[number | null]>;
    const [[exit], out, errors] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
    expect(errors).toBe('');
    expect(out).toMatch(expected);
    expect(exit).toBe(0);
  });

  it('has no example that is not run', () => expect(examples).toHaveLength(4));
});

describe('the SDK and accounts', () => {
  let server: TestServer;
  let person: WickSdk;
  beforeAll(async () => {
    server = await startTestServer([scripted()]);
    await becomeAdmin(server);
    const nobody = createWickSdk({ baseUrl: server.url });
    const signedIn = await nobody.auth.login({ username: 'root', password: PASSWORD });
    if (!signedIn.ok) throw new Error('signs in');
    person = createWickSdk({ baseUrl: `${server.url}/api/v1`, token: signedIn.value.accessToken ?? '' });
  });
  afterAll(() => server.dispose());

  it('a person makes a key; the key does what its scopes allow, until it is revoked', async () => {
    const made = await person.apiKeys.create({ name: 'script', scopes: ['strategies:read', 'jobs:read'] });
    if (!made.ok) throw new Error('makes a key');
    const script = createWickSdk({ baseUrl: server.url, token: made.value.key, WebSocket });
    expect(await script.auth.me()).toMatchObject({ ok: true });
    expect(await script.strategies.list()).toMatchObject({ ok: true, value: { items: [] } });
    expect(await script.backtests.start({ strategy: { example: 'x' }, markets: [] })).toMatchObject({
      ok: false,
      error: { kind: 'problem', problem: { code: 'forbidden' } },
    });
    const snapshot = await new Promise((resolve) => script.events.follow('jobs', { onSnapshot: resolve }));
    expect(snapshot).toEqual([]);
    expect(await person.apiKeys.revoke(made.value.id)).toMatchObject({ ok: true });
    expect(await script.strategies.list()).toMatchObject({
      ok: false,
      error: { problem: { code: 'unauthenticated' } },
    });
    script.close();
  });

  it('calls any endpoint, with versions, keys of idempotence and the names of fields at fault', async () => {
    const document: StrategyDocumentInput = {
      schema: 1,
      name: 'S',
      timeframe: '1m',
      entry: { long: { when: { compare: ['close', '>', 1] } } },
      exit: { long: { when: { compare: ['close', '<', 1] } } },
      size: { kind: 'equity', ratio: 0.5 },
    };
    const create = { body: { document }, idempotencyKey: 'created-once' };
    const [first, again] = [
      await person.call(API.strategies.createStrategy, create),
      await person.call(API.strategies.createStrategy, create),
    ];
    expect(first).toMatchObject({ ok: true, value: { version: 1 } });
    const id = first.ok ? first.value.id : '';
    expect(again).toMatchObject({ ok: true, value: { id } });
    expect(await person.strategies.replace(id, 7, document)).toMatchObject({ error: { problem: { status: 412 } } });
    expect(await person.strategies.remove(id, 1)).toMatchObject({ ok: true });
    expect(await person.strategies.get(id)).toMatchObject({ error: { problem: { code: 'unknown-strategy' } } });
    const wrong = await person.strategies.create({ ...document, indicators: { a: { id: 'nonsense' } } });
    expect(wrong).toMatchObject({ error: { problem: { issues: [{ path: 'document.indicators.a.id' }] } } });
  });
});
