// One million real candles through the candle store beside a row-per-candle table through the same client.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client';
import { Candles, type CandleRow } from '@wickworks/core';
import { openDatabase } from '@wickworks/db';
import { lessIsBetter, type BenchResult } from './bench.js';
import { realCandles, repeatCandles } from './real-candles.js';

const COUNT = 1_000_000;
const ROWS_PER_STATEMENT = 20_000;
const KEY = { exchange: 'bench', symbol: 'BTC/USDT', timeframe: '1m' } as const;

interface Figures {
  readonly writeMs: number;
  readonly readMs: number;
  readonly bytes: number;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const folderBytes = (folder: string) =>
  readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);

async function ours(folder: string, rows: readonly CandleRow[]): Promise<Figures> {
  const url = `file:${join(folder, 'ours.db')}`;
  const database = await openDatabase({ url });
  await database.migrate();
  const writeMs = await timed(() => database.candles.append(KEY, rows, 'import', rows.at(-1)![0]));
  await database.close();
  const again = await openDatabase({ url });
  let length = 0;
  const readMs = await timed(async () => {
    length = (await again.candles.read(KEY, 0, Infinity)).length;
  });
  await again.close();
  if (length !== rows.length) throw new Error(`read ${length} of ${rows.length}`);
  return { writeMs, readMs, bytes: folderBytes(folder) };
}

/** The fastest way we know to write rows through this client: one statement unpacks thousands from JSON. */
async function rowPerCandle(folder: string, rows: readonly CandleRow[]): Promise<Figures> {
  const url = `file:${join(folder, 'rows.db')}`;
  const client = createClient({ url });
  for (const pragma of ['journal_mode = WAL', 'synchronous = NORMAL', 'cache_size = -32768', 'mmap_size = 268435456'])
    await client.execute(`PRAGMA ${pragma}`);
  await client.execute(
    'CREATE TABLE candles (series INTEGER, time INTEGER, open REAL, high REAL, low REAL, close REAL, volume REAL, PRIMARY KEY (series, time)) WITHOUT ROWID',
  );
  const writeMs = await timed(async () => {
    const transaction = await client.transaction('write');
    for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
      await transaction.execute({
        sql: 'INSERT INTO candles SELECT 1, e.value->>0, e.value->>1, e.value->>2, e.value->>3, e.value->>4, e.value->>5 FROM json_each(?) e',
        args: [JSON.stringify(rows.slice(from, from + ROWS_PER_STATEMENT))],
      });
    }
    await transaction.commit();
  });
  client.close();
  const again = createClient({ url });
  let length = 0;
  const readMs = await timed(async () => {
    const candles = new Candles(COUNT);
    const result = await again.execute(
      'SELECT time, open, high, low, close, volume FROM candles WHERE series = 1 ORDER BY time',
    );
    for (const row of result.rows)
      candles.push([Number(row[0]), Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]), Number(row[5])]);
    length = candles.length;
  });
  again.close();
  if (length !== rows.length) throw new Error(`read ${length} of ${rows.length}`);
  return { writeMs, readMs, bytes: folderBytes(folder) };
}

/** Write, read and size of one million candles, each contestant on a fresh file. */
export async function run(): Promise<BenchResult> {
  const rows = repeatCandles(realCandles('bitfinex_BTCUSD_1m_2019.csv.gz'), COUNT);
  const inFolder = async (work: (folder: string) => Promise<Figures>) => {
    const folder = mkdtempSync(join(tmpdir(), 'wick-store-'));
    try {
      return await work(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const store = await inFolder((folder) => ours(folder, rows));
  const table = await inFolder((folder) => rowPerCandle(folder, rows));
  return {
    name: 'store',
    cases: [
      lessIsBetter('write 1M candles', store.writeMs, 'ms', 'row per candle', table.writeMs),
      lessIsBetter('read 1M candles', store.readMs, 'ms', 'row per candle', table.readMs),
      lessIsBetter('size of 1M candles', store.bytes / 1e6, 'MB', 'row per candle', table.bytes / 1e6),
    ],
  };
}
