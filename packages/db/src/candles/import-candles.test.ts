import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Candles } from '@wickworks/core';
import { expect, it } from 'vitest';
import { importCandles, openDatabase } from '../index.js';

it('many candles let others have their turn while they are imported, and are what one write would have stored', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wick-import-'));
  const database = await openDatabase({ url: pathToFileURL(join(folder, 'a.db')).href });
  try {
    await database.migrate();
    const { candles: store } = database;
    const key = { exchange: 'local', symbol: 'A/B', timeframe: '1m' } as const;
    const [whole, other] = [
      { ...key, symbol: 'C/D' },
      { ...key, symbol: 'E/F' },
    ];
    const file = new Candles(160_000);
    for (let i = 0; i < 160_000; i++) file.push([i * 60_000, 2 + (i % 7), 20, 1, 3 + (i % 5), i % 11]);
    let isDone = false;
    const importing = importCandles(store, key, file, 5).finally(() => {
      isDone = true;
    });
    let turns = 0;
    while (!isDone) {
      await store.append(other, [[turns * 60_000, 1, 1, 1, 1, 1]], 'stream', 0);
      if (!isDone) turns++;
      await turn();
    }
    expect(await importing).toEqual({ added: 160_000, unchanged: 0, corrections: [] });
    expect(turns).toBeGreaterThan(1);
    await store.append(whole, file, 'import', 5);
    const { contentHash, candles } = (await store.summary(key))!;
    expect(await store.summary(whole)).toMatchObject({ contentHash, candles });
    expect(await store.verify(key)).toEqual([]);

    file.set(120_000, [120_000 * 60_000, 5, 20, 1, 5, 5]);
    const again = await importCandles(store, key, file, 6);
    expect(again).toMatchObject({ added: 0, unchanged: 159_999, corrections: [{ openTimeMs: 120_000 * 60_000 }] });
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
