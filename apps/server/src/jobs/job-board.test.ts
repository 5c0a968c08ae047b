import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { JobView, listOf } from '@wickworks/contracts';
import { HELD_NOW_MS, HeldExchange } from '../testing/held-exchange.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer } from '../testing/test-server.js';

const FROM_MS = HELD_NOW_MS - 10_000 * 60_000;
const BACKFILL = { exchange: 'scripted', symbol: 'BTC/USDT', timeframe: '1m', fromMs: FROM_MS };
const BACKTEST = {
  strategy: { example: 'trend-ema-cross' },
  markets: [{ exchange: 'scripted', symbol: 'BTC/USDT' }],
  timeframe: '1m',
  fromMs: FROM_MS,
};

const folders: string[] = [];
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0))
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const freshFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'wick-jobs-'));
  folders.push(folder);
  return folder;
};

const startJob = async (url: string, path: string, body: unknown): Promise<JobView> => {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(202);
  return z.object({ job: JobView }).parse(await answer.json()).job;
};
const jobsOf = async (url: string): Promise<JobView[]> =>
  listOf(JobView).parse(await (await fetch(`${url}/api/v1/jobs`)).json()).items;
const jobOf = async (url: string, id: string): Promise<JobView | undefined> =>
  (await jobsOf(url)).find((job) => job.id === id);

/** A server process with a backfill and a backtest under way, killed where it stands. */
async function killedAtWork(dataDir: string): Promise<{ backfill: JobView; backtest: JobView }> {
  const script = fileURLToPath(new URL('../testing/held-server.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const backfill = await startJob(line, '/datasets/backfill', BACKFILL);
  const backtest = await startJob(line, '/backtests', BACKTEST);
  expect((await jobsOf(line)).map(({ state }) => state)).toEqual(['running', 'running']);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return { backfill, backtest };
}

describe('jobs and the end of the process', () => {
  it('killed at work: the backfill goes on under its name, the backtest has failed and says why', async () => {
    const dataDir = freshFolder();
    const { backfill, backtest } = await killedAtWork(dataDir);
    const server = await startTestServer([new HeldExchange(false)], { dataDir });
    try {
      await server.assembled;
      await expect
        .poll(() => jobOf(server.url, backfill.id), { timeout: 20_000 })
        .toMatchObject({
          kind: 'backfill',
          state: 'done',
          createdMs: backfill.createdMs,
        });
      expect(await jobOf(server.url, backtest.id)).toMatchObject({
        state: 'failed',
        detail: 'interrupted by a restart of the server',
      });
      const view = await (await fetch(`${server.url}/api/v1/backtests/${backtest.id}`)).json();
      expect(view).toMatchObject({ state: 'failed', detail: 'interrupted by a restart of the server' });
      const datasets = await (await fetch(`${server.url}/api/v1/datasets`)).json();
      expect(datasets).toMatchObject({ items: [{ fromMs: FROM_MS, gaps: [] }] });
    } finally {
      await server.dispose();
    }
  });

  it('stopped in order: what was at work goes on, what was cancelled stays cancelled, also after another start', async () => {
    const dataDir = freshFolder();
    const held = new HeldExchange();
    const first = await startTestServer([held], { dataDir });
    await first.assembled;
    const job = await startJob(first.url, '/datasets/backfill', BACKFILL);
    const other = await startJob(first.url, '/datasets/backfill', { ...BACKFILL, fromMs: FROM_MS - 60_000 });
    await fetch(`${first.url}/api/v1/jobs/${other.id}`, { method: 'DELETE' });
    const stopping = first.dispose(true);
    held.letGo();
    await stopping;
    for (const round of [1, 2]) {
      const server = await startTestServer([new HeldExchange(false)], { dataDir });
      await server.assembled;
      await expect
        .poll(() => jobOf(server.url, job.id), { timeout: 20_000, message: `start ${String(round)}` })
        .toMatchObject({ state: 'done', progressRatio: 1 });
      expect(await jobOf(server.url, other.id)).toMatchObject({ state: 'cancelled' });
      // In no certain order: both may be of the same millisecond.
      expect((await jobsOf(server.url)).map(({ id }) => id).sort()).toEqual([other.id, job.id].sort());
      await server.dispose(round === 1);
    }
  });

  it('a job that cannot go on has failed with the reason', async () => {
    const dataDir = freshFolder();
    const { backfill } = await killedAtWork(dataDir);
    const server = await startTestServer([new ScriptedExchange({ id: 'another' })], { dataDir });
    try {
      await server.assembled;
      await expect.poll(() => jobOf(server.url, backfill.id), { timeout: 20_000 }).toMatchObject({ state: 'failed' });
      const { detail = '' } = (await jobOf(server.url, backfill.id)) ?? {};
      expect(detail).toMatch(/restart.*exchange "scripted" is not configured/);
    } finally {
      await server.dispose();
    }
  });
});
