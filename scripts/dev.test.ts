import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { get, request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';

const dataDir = mkdtempSync(join(tmpdir(), 'wick-dev-'));
/** Of the process group that everything started belongs to. */
let group = 0;
afterEach(() => {
  if (isThere(group)) process.kill(-group, 'SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

function isThere(of: number): boolean {
  try {
    return of > 0 && process.kill(-of, 0);
  } catch {
    return false;
  }
}

async function freePorts(count: number): Promise<string[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => String((server.address() as AddressInfo).port));
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** Status and text of an answer; 0 while nobody answers. */
function look(url: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const asked = get(url, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('close', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.on('error', () => resolve({ status: 0, text: '' }));
  });
}

/** Opens a socket as browsers do; the status it is answered with. */
function upgrade(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      headers: {
        ...{ connection: 'Upgrade', upgrade: 'websocket', origin: new URL(url).origin },
        ...{ 'sec-websocket-version': '13', 'sec-websocket-key': 'd2lja3dvcmtzIGluIGRldg==' },
      },
    });
    asked.on('upgrade', ({ statusCode = 0 }, socket) => {
      socket.destroy();
      resolve(statusCode);
    });
    asked.on('response', ({ statusCode = 0 }) => resolve(statusCode));
    asked.on('error', reject).end();
  });
}

it('npm run dev serves page, API and sockets at one address, and takes everything along when it ends', async () => {
  const [port = '', venuePort = '', pagePort = ''] = await freePorts(3);
  const env = {
    ...process.env,
    ...{ WICK_PORT: port, WICK_VENUE_PORT: venuePort, WICK_DEV_PORT: pagePort, WICK_DATA_DIR: dataDir },
  };
  const child = spawn(process.execPath, [fileURLToPath(new URL('dev.mjs', import.meta.url))], {
    ...{ env, detached: true },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  group = child.pid ?? 0;
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const page = `http://localhost:${pagePort}`;
  const until = async (url: string): Promise<{ status: number; text: string }> => {
    for (;;) {
      const answer = await look(url);
      if (answer.status === 200) return answer;
      if (child.exitCode !== null) throw new Error(`it ended: ${output}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  expect((await until(`${page}/api/v1/exchanges`)).text).toContain('"local"');
  const [, script = ''] = /<script type="module" src="(\/src\/[^"]+)">/.exec((await until(`${page}/`)).text) ?? [];
  expect((await until(page + script)).text).toContain('createRoot');
  expect(await upgrade(`${page}/ws/ohlcv`)).toBe(101);

  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  while (isThere(group)) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(child.exitCode).toBe(0);
  for (const one of [port, venuePort, pagePort]) expect((await look(`http://localhost:${one}/`)).status).toBe(0);
});
