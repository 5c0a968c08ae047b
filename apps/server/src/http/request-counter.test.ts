import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';
import { MemoryCounter, SharedCounter } from './request-counter.js';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) console.warn('redis-server is not installed: limits shared through Redis were not tried');

const after: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const stop of after.splice(0).reverse()) await stop();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** A Redis of the test's own, nothing of it kept. */
async function startRedis(port: number): Promise<ChildProcess> {
  const dir = mkdtempSync(join(tmpdir(), 'wick-redis-'));
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir];
  const redis = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
  after.push(async () => {
    if (redis.exitCode === null && redis.signalCode === null) {
      redis.kill('SIGKILL');
      await once(redis, 'exit');
    }
    rmSync(dir, { recursive: true, force: true });
  });
  let said = '';
  for await (const piece of redis.stdout) {
    said += String(piece);
    if (said.includes('eady to accept connections')) break;
  }
  return redis;
}

const quiet = { warn: () => undefined };

describe('MemoryCounter', () => {
  it('counts in windows, each from its first request', () => {
    let nowMs = 1_000;
    const counter = new MemoryCounter(() => nowMs);
    expect(counter.add('a', 100)).toEqual({ count: 1, leftMs: 100 });
    nowMs += 40;
    expect(counter.add('a', 100)).toEqual({ count: 2, leftMs: 60 });
    expect(counter.add('b', 100).count).toBe(1);
    nowMs += 60;
    expect(counter.add('a', 100)).toEqual({ count: 1, leftMs: 100 });
  });
});

describe.skipIf(!hasRedis)('SharedCounter', () => {
  it('counts together with others, and alone while Redis is away', async () => {
    const port = await freePort();
    const redis = await startRedis(port);
    const complaints: string[] = [];
    const log = { warn: (_: object, message: string) => void complaints.push(message) };
    const open = async () => {
      const counter = await SharedCounter.open(`redis://127.0.0.1:${port}`, new MemoryCounter(Date.now), log);
      after.push(() => counter.close());
      return counter;
    };
    const [one, other] = [await open(), await open()];
    // Until both are connected each counts for itself.
    const sees = async (): Promise<number> => {
      const key = `probe-${performance.now()}`;
      await one.add(key, 1_000);
      return (await other.add(key, 1_000)).count;
    };
    await expect.poll(sees).toBe(2);
    const counts = await Promise.all(
      Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? one : other).add('k', 60_000)),
    );
    expect(counts.map(({ count }) => count).sort((a, b) => a - b)).toEqual(counts.map((_, index) => index + 1));
    expect(counts.every(({ leftMs }) => leftMs > 0 && leftMs <= 60_000)).toBe(true);

    redis.kill('SIGKILL');
    await once(redis, 'exit');
    await expect.poll(async () => (await one.add('k', 60_000)).count).toBeLessThan(50);
    await expect.poll(() => complaints).toContain('Redis does not answer: limits are counted by this process alone');

    await startRedis(port);
    await expect.poll(sees, { timeout: 20_000 }).toBe(2);
  });

  it('two servers share the limits of one address', async () => {
    const port = await freePort();
    await startRedis(port);
    const start = async (): Promise<TestServer> => {
      const server = await startTestServer([new ScriptedExchange()], {
        env: { REDIS_URL: `redis://127.0.0.1:${port}` },
      });
      after.push(() => server.dispose());
      return server;
    };
    const servers = [await start(), await start()];
    const remaining = async ({ url }: TestServer): Promise<number> => {
      const answer = await fetch(`${url}/api/v1/auth/refresh`, { method: 'POST' });
      return Number(answer.headers.get('ratelimit-remaining'));
    };
    let last = Number.POSITIVE_INFINITY;
    await expect
      .poll(async () => {
        const [first, second] = [await remaining(servers[0]!), await remaining(servers[1]!)];
        return second === first - 1;
      })
      .toBe(true);
    for (const server of [...servers, ...servers, ...servers]) {
      const left = await remaining(server);
      expect(left).toBeLessThan(last);
      last = left;
    }
    const statuses: number[] = [];
    for (let count = 0; count < 60; count++)
      statuses.push((await fetch(`${servers[count % 2]!.url}/api/v1/auth/refresh`, { method: 'POST' })).status);
    expect(statuses).toContain(429);
  });
});

describe('SharedCounter without Redis', () => {
  it('counts by itself from the start', async () => {
    const url = `redis://127.0.0.1:${await freePort()}`;
    const counter = await SharedCounter.open(url, new MemoryCounter(Date.now), quiet);
    expect((await counter.add('a', 1_000)).count).toBe(1);
    expect((await counter.add('a', 1_000)).count).toBe(2);
    counter.close();
  });
});
