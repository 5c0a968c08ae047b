import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type Database } from '../open-database.js';

const folder = mkdtempSync(join(tmpdir(), 'wick-db-'));
const open = async (): Promise<Database> => {
  const opened = await openDatabase({ url: pathToFileURL(join(folder, 'store.db')).href });
  await opened.migrate();
  return opened;
};
let database: Database;
beforeAll(async () => (database = await open()));
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const job = (id: string, createdMs: number) => ({
  id,
  ownerId: 'ann',
  kind: 'backfill',
  state: 'running' as const,
  progressRatio: 0,
  detail: '',
  createdMs,
  updatedMs: createdMs,
  request: { from: 1 },
});

it('jobs outlive the process, those that had not ended apart from those that had', async () => {
  for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) await database.jobs.add(job(id, index));
  await database.jobs.update('a', { state: 'done', progressRatio: 1, detail: 'all of it', updatedMs: 9 });
  await database.jobs.update('b', { state: 'cancelled', updatedMs: 9 });
  await database.jobs.update('c', { state: 'queued' });
  await database.close();
  database = await open();
  expect(await database.jobs.unfinished()).toEqual([{ ...job('c', 2), state: 'queued' }, job('d', 3)]);
  expect(await database.jobs.ended(5)).toMatchObject([{ id: 'b' }, { id: 'a', detail: 'all of it' }]);
});

it('the oldest ended jobs are forgotten, those at work never', async () => {
  expect(await database.jobs.ended(1)).toMatchObject([{ id: 'b' }]);
  expect(await database.jobs.ended(5)).toMatchObject([{ id: 'b' }]);
  expect(await database.jobs.ended(0)).toEqual([]);
  expect(await database.jobs.unfinished()).toHaveLength(2);
});

it('a version has one proof: the newest, which an older job cannot change', async () => {
  const { strategies, proofs } = database.strategies;
  await strategies.add({ id: 's', ownerId: 'ann', name: 'S', document: {} }, 1);
  const row = { strategyId: 's', version: 1, detail: '', data: null, checks: null, updatedMs: 1 };
  await proofs.put({ ...row, jobId: 'first', state: 'queued' });
  await proofs.put({ ...row, jobId: 'second', state: 'running', data: { symbol: 'BTC/USDT' } });
  await proofs.update('first', { state: 'failed' });
  expect(await proofs.find('s', 1)).toMatchObject({ jobId: 'second', state: 'running', data: { symbol: 'BTC/USDT' } });
  expect(await proofs.find('s', 2)).toBeNull();
  await strategies.delete({ id: 's', ownerId: 'ann' });
  expect(await proofs.find('s', 1)).toBeNull();
});
