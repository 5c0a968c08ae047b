import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { z } from 'zod';

function start(workerData: unknown): Worker {
  // `--import tsx` registers nothing inside a worker thread of Node 20; its API does.
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const file = JSON.stringify(new URL('./worker.ts', import.meta.url).href);
  const code = `import(${tsx}).then(({ register }) => { register(); return import(${file}); });`;
  return new Worker(code, { eval: true, workerData });
}

it('runs as a thread, says where, and ends when told', async () => {
  const worker = start({ port: 0 });
  const Ready = z.tuple([z.object({ kind: z.literal('ready'), url: z.string() })]);
  const [{ url }] = Ready.parse(await once(worker, 'message'));
  expect((await fetch(`${url}/api/v3/ping`)).status).toBe(200);
  const ended = once(worker, 'exit');
  worker.postMessage({ kind: 'stop' });
  expect(await ended).toEqual([0]);
});

it('says why it cannot start', async () => {
  const worker = start({ port: 0, dataDir: '/nowhere/at/all' });
  const ended = once(worker, 'exit');
  expect(await once(worker, 'message')).toMatchObject([
    { kind: 'failed', message: expect.stringContaining('WICK_VENUE_DATA is "/nowhere/at/all"') as unknown },
  ]);
  await ended;
});
