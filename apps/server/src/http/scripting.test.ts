import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ApiKeyCreated } from '@wickworks/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { becomeAdmin } from '../testing/people.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const NOW = Date.UTC(2026, 0, 1, 12);
const guide = readFileSync(new URL('../../../../docs/scripting.md', import.meta.url), 'utf8');
const exampleIn = (language: string): string =>
  new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(guide)?.[1] ?? '';
const hasPython = spawnSync('python3', ['-c', 'import websockets.asyncio.client']).status === 0;

// What people copy from the guide is run as it stands there, against a server that wants a key for everything.
describe('docs/scripting.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wick-scripting-'));
  let server: TestServer;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    const exchange = ScriptedExchange.withMinutes(NOW, 300);
    exchange.forming = [NOW, 7, 7, 7, 7, 1];
    server = await startTestServer([exchange], { env: { WICK_PUBLIC_MARKET_DATA: '0' } });
    const { admin } = await becomeAdmin(server);
    const made = await admin.call('POST', '/auth/api-keys', { name: 'script', scopes: ['market-data:read'] });
    const { key } = ApiKeyCreated.parse(await made.json());
    env = { ...process.env, WICK_URL: server.url, WICK_EXCHANGE: 'scripted', WICK_API_KEY: key };
  });
  afterAll(async () => {
    await server.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(command: string, args: readonly string[], given = env) {
    const child = spawn(command, args, { env: given, stdio: ['ignore', 'pipe', 'pipe'] });
    const exited = once(child, 'exit') as Promise<[number | null]>;
    const [[code], out, errors] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
    return { code, out, errors };
  }
  const saved = (name: string, code: string): string => {
    const path = join(folder, name);
    writeFileSync(path, code);
    return path;
  };

  it.skipIf(!hasPython)('the Python program reads markets, candles and a mean with its key', async () => {
    const { code, out, errors } = await run('python3', [saved('wick.py', exampleIn('python'))]);
    expect(errors).toBe('');
    expect(out).toMatch(/markets: BTC\/USDT ETH\/USDT\nclosed: 200 mean of 20: [\d.]+ now: 7/);
    expect(code).toBe(0);
  });

  it.skipIf(!hasPython)('and says why when the key is wrong', async () => {
    const wrong = { ...env, WICK_API_KEY: `wk_${'x'.repeat(43)}` };
    const { code, errors } = await run('python3', [saved('wick.py', exampleIn('python'))], wrong);
    expect(errors).toContain('unauthenticated');
    expect(code).toBe(1);
  });

  it('the TypeScript program reads markets and candles with its key', async () => {
    const example = exampleIn('ts')
      .replace(`'@wickworks/client'`, JSON.stringify(import.meta.resolve('@wickworks/client')))
      .replace(`'ws'`, JSON.stringify(import.meta.resolve('ws')));
    const { code, out, errors } = await run(process.execPath, [
      ...['--import', import.meta.resolve('tsx'), saved('wick.mts', example)],
    ]);
    expect(errors).toBe('');
    expect(out).toMatch(/markets: BTC\/USDT ETH\/USDT\nclosed and forming: 51/);
    expect(code).toBe(0);
  });
});
