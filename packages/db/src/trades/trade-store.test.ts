import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { MS_PER_HOUR, tapeFault, type Gap } from '@wickworks/core';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTradeCsv, TRADE_CSV_HEADER } from '../csv/read-trade-csv.js';
import { openDatabase, type Database } from '../open-database.js';
import type { StoredTrades } from '../ports.js';
import { TradeBuffer } from './trade-buffer.js';

const KEY = { exchange: 'local', symbol: 'BTC/USDT' };
const folder = mkdtempSync(join(tmpdir(), 'wick-trades-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
let url: string;
let database: Database;
beforeEach(async () => {
  url = pathToFileURL(join(folder, `trades ${files++}.db`)).href;
  database = await openDatabase({ url });
  await database.migrate();
});
afterEach(() => database.close());

type Row = readonly [timeMs: number, price: number, quantity: number, side?: number, id?: number];
const trades = (...rows: readonly Row[]): StoredTrades => {
  const buffer = new TradeBuffer();
  for (const [timeMs, price, quantity, side = 0, id = -1] of rows) buffer.push({ timeMs, price, quantity, side, id });
  return buffer.columns();
};
const rowsOf = ({ time, price, quantity, side, id, length }: StoredTrades): Row[] =>
  Array.from({ length }, (_, at) => [time[at]!, price[at]!, quantity[at]!, side[at]!, id[at]!]);

/** One trade a second whose values depend on the time alone; two in every tenth. */
const tradesIn = (fromMs: number, toMs: number): StoredTrades => {
  const rows: Row[] = [];
  for (let at = Math.ceil(fromMs / 1000) * 1000; at < toMs; at += 1000)
    for (let n = 0; n < (at % 10_000 === 0 ? 2 : 1); n++)
      rows.push([at, 100 + (at % 777_000) / 1e5, (1 + (at % 13_000)) / 1e6, at % 3_000 === 0 ? 1 : -1, at / 500 + n]);
  return trades(...rows);
};
const write = (range: Gap, options?: { replace: boolean }) =>
  database.trades.write(KEY, range, tradesIn(...range), options);

describe('stored trades', () => {
  it('come back to the bit, with what is covered, cut to what was asked', async () => {
    const odd = trades(
      [5, 0.1 + 0.2, 1e-9, 1, 7],
      [5, Math.PI, 123_456.789, -1],
      [MS_PER_HOUR + 1, 1e8, 2, 0, 1e15 - 1],
    );
    const range = [0, 3 * MS_PER_HOUR] as const;
    const written = await database.trades.write(KEY, range, odd);
    expect(written).toEqual({ ok: true, value: { added: 3, unchanged: 0, replaced: 0 } });
    const read = await database.trades.read(KEY, -Infinity, Infinity);
    expect(rowsOf(read.trades)).toEqual(rowsOf(odd));
    expect(read.covered).toEqual([range]);
    const part = await database.trades.read(KEY, 6, MS_PER_HOUR + 2);
    expect(rowsOf(part.trades)).toEqual(rowsOf(odd).slice(2));
    expect(part.covered).toEqual([[6, MS_PER_HOUR + 2]]);
    expect(await database.trades.count(KEY, 0, Infinity)).toBe(3);
    expect(await database.trades.read({ ...KEY, symbol: 'A/B' }, 0, 9)).toEqual({
      trades: trades(),
      covered: [],
    });
  });

  it('written again change nothing; what differs is refused whole, unless it may be replaced', async () => {
    await write([0, 5_000]);
    expect(await write([0, 5_000])).toEqual({ ok: true, value: { added: 0, unchanged: 6, replaced: 0 } });
    const other = trades([6_000, 1, 1], [7_000, 1, 1]);
    const hash = (await database.trades.summary(KEY))!.contentHash;
    expect(await database.trades.write(KEY, [4_000, 9_000], other)).toEqual({
      ok: false,
      error: { kind: 'differs', timeMs: 4_000 },
    });
    expect((await database.trades.summary(KEY))!.contentHash).toBe(hash);
    const replaced = await database.trades.write(KEY, [4_000, 9_000], other, { replace: true });
    expect(replaced).toEqual({ ok: true, value: { added: 2, unchanged: 0, replaced: 1 } });
    const { trades: kept, covered } = await database.trades.read(KEY, 0, Infinity);
    expect([...kept.time]).toEqual([0, 0, 1_000, 2_000, 3_000, 6_000, 7_000]);
    expect(covered).toEqual([[0, 9_000]]);
    expect(await database.trades.verify(KEY)).toEqual([]);
  });

  it('are the same whatever the pieces and order they came in', async () => {
    const edges = fc.uniqueArray(fc.integer({ min: 0, max: 5 * 3_600 }), { minLength: 2, maxLength: 7 });
    await fc.assert(
      fc.asyncProperty(edges, fc.integer({ min: 0, max: 99 }), async (seconds, shift) => {
        await database.trades.delete(KEY);
        const cuts = seconds.toSorted((a, b) => a - b).map((second) => second * 1000);
        const whole: Gap = [cuts[0]!, cuts.at(-1)!];
        const pieces = cuts.slice(1).map((toMs, at): Gap => [cuts[at]!, toMs]);
        const turn = shift % pieces.length;
        for (const piece of [...pieces.slice(turn), ...pieces.slice(0, turn)])
          expect(await write(piece)).toMatchObject({ ok: true, value: { unchanged: 0, replaced: 0 } });
        const inPieces = (await database.trades.summary(KEY))!;
        const read = await database.trades.read(KEY, -Infinity, Infinity);
        expect(rowsOf(read.trades)).toEqual(rowsOf(tradesIn(...whole)));
        expect(tapeFault(read)).toBeNull();
        expect(await database.trades.verify(KEY)).toEqual([]);
        expect(await write(whole)).toMatchObject({ ok: true, value: { added: 0, replaced: 0 } });
        await database.trades.delete(KEY);
        await write(whole);
        expect(await database.trades.summary(KEY)).toEqual(inPieces);
      }),
      { numRuns: 15 },
    );
  });

  it('read some at a time are all of them, whatever is asked for at least', async () => {
    await write([0, 2_000_000]);
    await write([5 * MS_PER_HOUR, 5 * MS_PER_HOUR + 30_000]);
    const range = fc.tuple(fc.integer({ min: 0, max: 6 * MS_PER_HOUR }), fc.integer({ min: 1, max: 6 * MS_PER_HOUR }));
    await fc.assert(
      fc.asyncProperty(range, fc.integer({ min: 1, max: 3_000 }), async ([fromMs, width], least) => {
        const toMs = fromMs + width;
        const whole = await database.trades.read(KEY, fromMs, toMs);
        const rows: Row[] = [];
        const covered: Gap[] = [];
        for (let at = fromMs; at < toMs;) {
          const part = await database.trades.readSome(KEY, at, toMs, least);
          expect(part.toMs).toBeGreaterThan(at);
          if (at % MS_PER_HOUR === 0 && part.toMs < toMs) expect(part.trades.length).toBeGreaterThanOrEqual(least);
          rows.push(...rowsOf(part.trades));
          covered.push(...part.covered);
          at = part.toMs;
        }
        expect(rows).toEqual(rowsOf(whole.trades));
        const lengthOf = (ranges: readonly Gap[]): number => ranges.reduce((sum, [from, to]) => sum + to - from, 0);
        expect(lengthOf(covered)).toBe(lengthOf(whole.covered));
      }),
      { numRuns: 40 },
    );
  });

  it('are listed by market; a range in which nothing was traded counts', async () => {
    await write([0, 5_000]);
    await write([9_000, 12_000]);
    await database.trades.write({ exchange: 'a', symbol: 'X/Y' }, [5, 10], trades());
    const items = await database.trades.list();
    expect(items).toEqual([
      expect.objectContaining({
        exchange: 'a',
        symbol: 'X/Y',
        trades: 0,
        fromMs: null,
        toMs: null,
        covered: [[5, 10]],
      }),
      expect.objectContaining({
        ...KEY,
        trades: 10,
        fromMs: 0,
        toMs: 11_000,
        covered: [
          [0, 5_000],
          [9_000, 12_000],
        ],
      }),
    ]);
    await database.trades.delete(KEY);
    expect(await database.trades.summary(KEY)).toBeNull();
    expect(await database.trades.covered(KEY)).toEqual([]);
  });

  it('that were damaged on disk are found', async () => {
    await write([0, 2 * MS_PER_HOUR]);
    expect(await database.trades.verify(KEY)).toEqual([]);
    const client = createClient({ url });
    await client.execute(`UPDATE trade_chunks SET digest = zeroblob(32) WHERE window = 0`);
    await client.execute(`UPDATE trade_chunks SET block = zeroblob(40) WHERE window = 1`);
    const faults = await database.trades.verify(KEY);
    expect(faults).toHaveLength(2);
    expect(faults[0]).toBe('trades of 1970-01-01T00 h have another content than their hash says');
    expect(faults[1]).toContain('trades of 1970-01-01T01 h cannot be decoded');
    await client.execute(`DELETE FROM trade_ranges`);
    client.close();
    expect((await database.trades.verify(KEY))[1]).toContain('lies in no covered range');
  });
});

describe('a file of trades', () => {
  const read = (text: string) => readTradeCsv(from(text));
  async function* from(text: string): AsyncGenerator<Buffer> {
    yield Buffer.from(text.slice(0, 20));
    yield Promise.resolve(Buffer.from(text.slice(20)));
  }

  it('is read with and without ids and sides', async () => {
    const whole = await read(`${TRADE_CSV_HEADER}\n5,100.5,0.001,buy,17\n5,100.4,2,,\r\n7,1e2,3,sell,18\n`);
    expect(whole.ok && rowsOf(whole.value)).toEqual([
      [5, 100.5, 0.001, 1, 17],
      [5, 100.4, 2, 0, -1],
      [7, 100, 3, -1, 18],
    ]);
    const short = await read('time,price,quantity,side\n5,1,2,buy\n');
    expect(short.ok && rowsOf(short.value)).toEqual([[5, 1, 2, 1, -1]]);
  });

  it.each([
    ['other header', 'time,price\n1,2\n', 1, 'the first line must be time,price,quantity,side,id or'],
    ['columns', `${TRADE_CSV_HEADER}\n1,2,3,buy\n`, 2, '4 columns instead of 5'],
    ['text', `${TRADE_CSV_HEADER}\n1,x,3,buy,\n`, 2, 'price "x" is not a number'],
    ['zero', `${TRADE_CSV_HEADER}\n1,2,0,buy,\n`, 2, 'quantity is not a positive number'],
    ['side', `${TRADE_CSV_HEADER}\n1,2,1,Buy,\n`, 2, 'side "Buy" is neither buy nor sell'],
    ['id', `${TRADE_CSV_HEADER}\n1,2,1,buy,a-b\n`, 2, 'id "a-b" is not a whole number'],
    ['falling', `${TRADE_CSV_HEADER}\n5,2,1,buy,\n4,2,1,buy,\n`, 3, 'time 4 comes after the later 5'],
    ['fraction', `${TRADE_CSV_HEADER}\n5.5,2,1,buy,\n`, 2, 'whole number of milliseconds'],
    ['microseconds', `${TRADE_CSV_HEADER}\n1722003300000000,2,1,buy,\n`, 2, 'milliseconds are expected'],
    ['empty', `${TRADE_CSV_HEADER}\n`, null, 'holds no trade'],
  ])('is refused as a whole: %s', async (_, text, line, reason) => {
    const refused = await read(text);
    expect(refused).toMatchObject({ ok: false, error: { line } });
    expect(!refused.ok && refused.error.reason).toContain(reason);
  });

  it('may be limited', async () => {
    const many = await readTradeCsv(from('time,price,quantity,side\n5,1,2,buy\n6,1,2,buy\n'), 1);
    expect(many).toMatchObject({ ok: false, error: { line: 3, reason: 'more than 1 trades in one file' } });
  });
});
