import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const dataDir = mkdtempSync(join(tmpdir(), 'wick-main-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const launch = (env: Readonly<Record<string, string>>) => {
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), fileURLToPath(import.meta.resolve('./main.ts'))],
    {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        WICK_DATA_DIR: dataDir,
        WICK_VENUE: 'off',
        WICK_PORT: '0',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const exit = once(child, 'exit') as Promise<[number | null]>;
  return { child, exit, output: () => output };
};

describe('the server process', () => {
  it('explains a bad setting and ends with 2', async () => {
    const { exit, output } = launch({ WICK_PORT: 'eighty' });
    expect((await exit)[0]).toBe(2);
    expect(output()).toContain('WICK_PORT is "eighty"; accepted: a port number');
    expect(output()).not.toContain('    at ');
  });

  it('knows the exchanges of CCXT from a slip of the pen', async () => {
    const { exit, output } = launch({ WICK_EXCHANGES: 'binanse,mexc' });
    expect((await exit)[0]).toBe(2);
    expect(output()).toContain('WICK_EXCHANGES is "binanse"; accepted: local and the ids of CCXT');
    expect(output()).not.toContain('mexc"');
  });

  it('says that an address is not of this machine', async () => {
    const { exit, output } = launch({ WICK_HOST: '192.0.2.1' });
    expect((await exit)[0]).toBe(1);
    expect(output()).toContain('WICK_HOST names no address of this machine');
  });

  it('says which port is taken and ends with 1', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const { exit, output } = launch({ WICK_PORT: String(port) });
    expect((await exit)[0]).toBe(1);
    expect(output()).toContain(`port ${port} is in use`);
    holder.close();
  });

  it.each(['/proc/wick/data', '/dev/null', '/dev/null/data'])(
    'says that it cannot use the folder %s',
    async (folder) => {
      const { exit, output } = launch({ WICK_DATA_DIR: folder });
      expect((await exit)[0]).toBe(1);
      expect(output()).toMatch(
        /^Wickworks cannot start: the folder \S+ cannot be used \(.+\); set WICK_DATA_DIR to one that .+\n$/,
      );
    },
  );

  it('warns of a setting that is nearly one', async () => {
    const { exit, output } = launch({ WICK_PROT: '18080', WICK_PORT: 'eighty' });
    await exit;
    expect(output()).toContain('warning: WICK_PROT is no setting and changes nothing; did you mean WICK_PORT?');
  });

  it('says which port of the venue is taken, by its own setting', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const { exit, output } = launch({ WICK_VENUE: 'embedded', WICK_VENUE_PORT: String(port) });
    expect((await exit)[0]).toBe(1);
    expect(output()).toContain(`port ${port} is in use; set WICK_VENUE_PORT`);
    holder.close();
  });

  it('says when requests succeed, and stops on SIGTERM with 0', async () => {
    const { child, exit, output } = launch({});
    const ended = exit.then(() => expect.unreachable(output()));
    while (!output().includes('ready http')) await Promise.race([once(child.stdout, 'data'), ended]);
    ended.catch(() => undefined);
    const url = /ready (\S+)/.exec(output())?.[1] ?? '';
    expect((await fetch(`${url}/api/health/live`)).status).toBe(200);
    const second = launch({});
    expect((await second.exit)[0]).toBe(1);
    expect(second.output()).toContain(`another Wickworks server is running on the folder ${dataDir}`);
    expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
    child.kill('SIGTERM');
    expect((await exit)[0]).toBe(0);
  });
});
