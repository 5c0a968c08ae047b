import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWickSdk, type ReadTape, type WickSdk } from '@wickworks/client';
import type { JobView } from '@wickworks/contracts';
import { assert } from '@wickworks/core';
import { startVenue, type RunningVenue } from '@wickworks/venue';
import { WebSocket } from 'ws';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { jobEnd, jobReaches, startJob } from '../testing/ask.js';
import { launchServer } from '../testing/launched-server.js';

const PRESENT_MS = Date.UTC(2026, 10, 20);
const HOUR = 3_600_000;
const key = { exchange: 'local', symbol: 'BTC/USDT' };
const wanted = { ...key, fromMs: PRESENT_MS - 24 * HOUR, toMs: PRESENT_MS - 8 * HOUR };

let venue: RunningVenue;
let dataDir: string;
const opened: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  venue = await startVenue({ port: 0, speed: 0, startMs: PRESENT_MS, faults: true });
  dataDir = mkdtempSync(join(tmpdir(), 'wick-trades-'));
  opened.push(
    () => rm(dataDir, { recursive: true, force: true }),
    () => venue.close(),
  );
});
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** The server as a process of its own. */
async function launch() {
  const server = await launchServer(dataDir, venue.url);
  const sdk = createWickSdk({ baseUrl: server.url, WebSocket });
  opened.push(() => {
    sdk.close();
    return server.kill();
  });
  return { ...server, sdk };
}

const slow = (delayMs: number): Promise<unknown> =>
  fetch(`${venue.url}/_venue/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'delay', to: 'http', delayMs, match: '/aggTrades', forMs: 600_000 }),
  });
const quick = (): Promise<unknown> => fetch(`${venue.url}/_venue/faults`, { method: 'DELETE' });

async function tapeOf({ trades }: WickSdk): Promise<ReadTape> {
  const tape = await trades.tape(key);
  assert(tape.ok, 'trades are stored');
  return tape.value;
}

it('a fetch of trades tells its progress, is cancelled with what came kept, killed in the middle it goes on', async () => {
  const first = await launch();
  await slow(40);
  const told: JobView[] = [];
  const unfollow = first.sdk.events.follow('jobs', { onItem: (job) => told.push(job) });
  const cancelled = await startJob(first, '/datasets/trades/backfill', wanted);
  await jobReaches(first, cancelled.id, 0.05);
  await first.sdk.jobs.cancel(cancelled.id);
  expect((await jobEnd(first, cancelled.id)).job).toMatchObject({ kind: 'trades-backfill', state: 'cancelled' });
  await expect.poll(() => told.at(-1)?.state, { timeout: 10_000 }).toBe('cancelled');
  unfollow();
  const ratios = told.filter(({ state }) => state === 'running').map(({ progressRatio }) => progressRatio);
  expect(ratios.length).toBeGreaterThan(1);
  expect(ratios).toEqual(ratios.toSorted((a, b) => a - b));
  const kept = await tapeOf(first.sdk);
  expect(kept.trades.length).toBeGreaterThan(1_000);
  expect(kept.covered[0]![1]).toBeLessThan(wanted.toMs);

  const { id } = await startJob(first, '/datasets/trades/backfill', wanted);
  await jobReaches(first, id, 0.2);
  await first.kill();
  await quick();
  const second = await launch();
  expect((await jobEnd(second, id)).job).toMatchObject({ state: 'done', progressRatio: 1 });
  const whole = await tapeOf(second.sdk);
  expect(whole.covered).toEqual([[wanted.fromMs, wanted.toMs]]);
  // The very same as in one piece.
  await second.sdk.trades.delete(key);
  const again = await startJob(second, '/datasets/trades/backfill', wanted);
  const { job } = await jobEnd(second, again.id);
  expect(job.detail).toBe(`${whole.trades.length} trades added up to 2026-11-19 16:00 UTC`);
  expect(await tapeOf(second.sdk)).toEqual(whole);
});
