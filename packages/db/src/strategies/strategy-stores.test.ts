import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../open-database.js';

let folder: string;
let database: Database;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wick-db-'));
  database = await openDatabase({ url: pathToFileURL(join(folder, 'store.db')).href });
  await database.migrate();
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const signal = (openTimeMs: number) => ({
  strategyId: 's',
  exchange: 'local',
  symbol: 'BTC/USDT',
  timeframe: '1m',
  openTimeMs,
  action: 'enter-long' as const,
  price: 1.5,
  reason: 'because',
});

describe('strategies at rest', () => {
  it('keep every version, and the first of two writers of one version wins', async () => {
    const { strategies } = database.strategies;
    const which = { id: 's', ownerId: 'ann' };
    await strategies.add({ ...which, name: 'First', document: { n: 1 } }, 10);
    expect(
      await strategies.replace(which, { version: 1, name: 'Second', document: { n: 2 }, nowMs: 20 }),
    ).toMatchObject({
      version: 2,
      name: 'Second',
      createdMs: 10,
      updatedMs: 20,
    });
    expect(await strategies.replace(which, { version: 1, name: 'Late', document: { n: 3 }, nowMs: 30 })).toBeNull();
    expect(await strategies.versions('s')).toMatchObject([
      { version: 2, document: { n: 2 } },
      { version: 1, document: { n: 1 } },
    ]);
    expect(await strategies.find({ id: 's', ownerId: 'bob' })).toBeNull();
    expect(
      await strategies.replace({ id: 's', ownerId: 'bob' }, { version: 2, name: '', document: {}, nowMs: 1 }),
    ).toBeNull();
    expect(await strategies.delete({ id: 's', ownerId: 'bob' })).toBe(false);
  });

  it('know who runs, and forget it', async () => {
    const { strategies } = database.strategies;
    expect(await strategies.running()).toEqual([]);
    await strategies.setRunning('s', { running: { markets: [] }, fault: null });
    expect(await strategies.running()).toMatchObject([{ id: 's', running: { markets: [] } }]);
    await strategies.setRunning('s', { running: null, fault: 'broken' });
    expect(await strategies.running()).toEqual([]);
  });

  it('store a signal once, and page through them', async () => {
    const { signals } = database.strategies;
    expect(await signals.add([signal(1), signal(2)])).toHaveLength(2);
    expect(await signals.add([signal(2), signal(3)])).toMatchObject([{ openTimeMs: 3 }]);
    const newest = await signals.list('s', { limit: 2 });
    expect(newest.map(({ openTimeMs }) => openTimeMs)).toEqual([3, 2]);
    const rest = await signals.list('s', { limit: 2, beforeId: newest.at(-1)!.id });
    expect(rest.map(({ openTimeMs }) => openTimeMs)).toEqual([1]);
  });

  it('backtests cut off by a restart have failed; results stay with their owner', async () => {
    const { backtests, adopt, strategies } = database.strategies;
    for (const id of ['a', 'b'])
      await backtests.add({ id, ownerId: 'local', title: id, createdMs: 1, request: { id } });
    await backtests.update('a', { state: 'done', summary: { trades: 2 }, result: Buffer.from('x') });
    expect(await backtests.failInterrupted()).toBe(1);
    expect(await backtests.find({ id: 'b', ownerId: 'local' })).toMatchObject({ state: 'failed' });
    expect(await backtests.result({ id: 'a', ownerId: 'ann' })).toBeNull();
    await adopt('local', 'ann');
    expect(String(await backtests.result({ id: 'a', ownerId: 'ann' }))).toBe('x');
    expect(await backtests.list('ann')).toHaveLength(2);
    expect(await backtests.delete({ id: 'a', ownerId: 'ann' })).toBe(true);
    await strategies.delete({ id: 's', ownerId: 'ann' });
    expect(await database.strategies.signals.list('s', { limit: 9 })).toEqual([]);
  });
});
