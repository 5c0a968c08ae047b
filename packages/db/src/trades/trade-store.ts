import { and, asc, eq, gt, gte, lt, lte, max, min, sql, type SQL } from 'drizzle-orm';
import { assert, err, lowerBound, MS_PER_HOUR, ok, type Gap, type Result } from '@wickworks/core';
import type { Connection, Orm, Transaction } from '../connection.js';
import type {
  MarketKey,
  StoredTape,
  StoredTrades,
  TradeConflict,
  TradeStore,
  TradesSummary,
  TradesWritten,
} from '../ports.js';
import { tradeChunks, tradeRanges, tradeSeries } from './schema.js';
import { firstDifferenceMs, joinTrades, tradesBetween } from './trade-buffer.js';
import { decodeTrades, encodeTrades } from './trade-codec.js';
import { hashOfTrades, tradeDigest } from './trade-hash.js';

type Queries = Pick<Orm | Transaction, 'select'>;
type Chunk = typeof tradeChunks.$inferSelect;

const keyed = ({ exchange, symbol }: MarketKey): SQL | undefined =>
  and(eq(tradeSeries.exchange, exchange), eq(tradeSeries.symbol, symbol));
const idOf = (key: MarketKey): SQL => sql`(SELECT ${tradeSeries.id} FROM ${tradeSeries} WHERE ${keyed(key)})`;
const windowOf = (timeMs: number): number => Math.floor(timeMs / MS_PER_HOUR);
const readChunk = (chunk: Chunk): StoredTrades => decodeTrades(chunk, chunk.trades);
/** Callers may say ±Infinity for "without end"; SQL may not. */
const finite = (timeMs: number): number => Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, timeMs));

/** Trades over libSQL; see ports.ts for what each method promises. */
export class LibsqlTradeStore implements TradeStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  write(
    key: MarketKey,
    range: Gap,
    trades: StoredTrades,
    options: { readonly replace?: boolean } = {},
  ): Promise<Result<TradesWritten, TradeConflict>> {
    assert(range[0] < range[1], 'a range begins before it ends');
    for (let at = 0; at < trades.length; at++)
      assert(
        trades.time[at]! >= (at === 0 ? range[0] : trades.time[at - 1]!) && trades.time[at]! < range[1],
        'trades lie in their range, in order',
      );
    return this.#connection.write((transaction) => write(transaction, { key, range, trades, ...options }));
  }

  async read(key: MarketKey, fromMs: number, toMs: number): Promise<StoredTape> {
    const [from, to] = [finite(fromMs), finite(toMs)];
    const [chunks, ranges] = await this.#connection.run((orm) =>
      orm.batch([selectChunks(orm, idOf(key), from, to), selectRanges(orm, idOf(key), from, to)]),
    );
    const covered = ranges.map((range): Gap => [Math.max(range.fromMs, from), Math.min(range.toMs, to)]);
    const parts = chunks.map((chunk) => tradesBetween(readChunk(chunk), from, to));
    return { trades: joinTrades(parts), covered };
  }

  async readSome(
    key: MarketKey,
    fromMs: number,
    toMs: number,
    least: number,
  ): Promise<StoredTape & { readonly toMs: number }> {
    const heads = await this.#connection.run((orm) =>
      orm
        .select({ window: tradeChunks.window, trades: tradeChunks.trades })
        .from(tradeChunks)
        .where(inRange(idOf(key), finite(fromMs), finite(toMs)))
        .orderBy(asc(tradeChunks.window)),
    );
    let reached = 0;
    const last = heads.find(({ trades }) => (reached += trades) >= least);
    const endMs = last ? Math.min(toMs, (last.window + 1) * MS_PER_HOUR) : toMs;
    return { ...(await this.read(key, fromMs, endMs)), toMs: endMs };
  }

  async count(key: MarketKey, fromMs: number, toMs: number): Promise<number> {
    const [row] = await this.#connection.run((orm) =>
      orm
        .select({ trades: sql<number>`coalesce(sum(${tradeChunks.trades}), 0)` })
        .from(tradeChunks)
        .where(inRange(idOf(key), finite(fromMs), finite(toMs))),
    );
    return row?.trades ?? 0;
  }

  async covered(key: MarketKey): Promise<readonly Gap[]> {
    const rows = await this.#connection.run((orm) => selectRanges(orm, idOf(key), finite(-Infinity), finite(Infinity)));
    return rows.map(({ fromMs, toMs }): Gap => [fromMs, toMs]);
  }

  list(): Promise<readonly TradesSummary[]> {
    return this.#connection.run(async (orm) => {
      const rows = await orm.select().from(tradeSeries).orderBy(asc(tradeSeries.exchange), asc(tradeSeries.symbol));
      const summaries: TradesSummary[] = [];
      for (const row of rows) summaries.push(await summarise(orm, row));
      return summaries;
    });
  }

  summary(key: MarketKey): Promise<TradesSummary | null> {
    return this.#connection.run(async (orm) => {
      const [row] = await orm.select().from(tradeSeries).where(keyed(key));
      return row === undefined ? null : summarise(orm, row);
    });
  }

  async delete(key: MarketKey): Promise<void> {
    // Foreign keys take chunks and ranges along.
    await this.#connection.write((transaction) => transaction.delete(tradeSeries).where(keyed(key)));
    await this.#connection.raw(async (client) => {
      if (client.protocol === 'file') await client.executeMultiple('PRAGMA incremental_vacuum');
    });
  }

  async verify(key: MarketKey): Promise<readonly string[]> {
    const heads = await this.#connection.run((orm) =>
      orm
        .select({ window: tradeChunks.window })
        .from(tradeChunks)
        .where(eq(tradeChunks.seriesId, idOf(key))),
    );
    const covered = await this.covered(key);
    const faults: string[] = [];
    if (covered.some(([fromMs, toMs], at) => fromMs >= toMs || (at > 0 && fromMs <= covered[at - 1]![1])))
      faults.push('the covered ranges overlap');
    // One at a time: a year of them does not fit into memory.
    for (const { window } of heads) {
      const [chunk] = await this.#connection.run((orm) =>
        orm
          .select()
          .from(tradeChunks)
          .where(and(eq(tradeChunks.seriesId, idOf(key)), eq(tradeChunks.window, window))),
      );
      if (chunk) faults.push(...faultsOf(chunk, covered));
    }
    return faults;
  }
}

async function write(
  transaction: Transaction,
  job: { key: MarketKey; range: Gap; trades: StoredTrades; replace?: boolean },
): Promise<Result<TradesWritten, TradeConflict>> {
  const { key, range, trades, replace = false } = job;
  const [fromMs, toMs] = range;
  const seriesId = await findOrCreate(transaction, key);
  const known = (await selectRanges(transaction, eqId(seriesId), fromMs, toMs)).map((row): Gap => [
    Math.max(row.fromMs, fromMs),
    Math.min(row.toMs, toMs),
  ]);
  const stored = new Map<number, StoredTrades>();
  if (known.length > 0)
    for (const chunk of await selectChunks(transaction, eqId(seriesId), fromMs, toMs))
      stored.set(chunk.window, readChunk(chunk));
  const before = joinTrades([...stored.values()]);
  let unchanged = 0;
  let replaced = 0;
  for (const [from, to] of known) {
    const [old, fresh] = [tradesBetween(before, from, to), tradesBetween(trades, from, to)];
    const timeMs = firstDifferenceMs(old, fresh);
    if (timeMs === null) unchanged += old.length;
    else if (replace) replaced += old.length;
    else return err({ kind: 'differs', timeMs });
  }
  const added = trades.length - unchanged;
  const isCovered = known.length === 1 && known[0]![0] === fromMs && known[0]![1] === toMs;
  if (isCovered && replaced === 0 && added === 0) return ok({ added: 0, unchanged, replaced });
  await writeChunks(transaction, { seriesId, range, trades, stored });
  await joinRange(transaction, seriesId, range);
  return ok({ added, unchanged, replaced });
}

/** Of every hour the range touches: what is stored outside of the range, and the new inside. */
async function writeChunks(
  transaction: Transaction,
  job: { seriesId: number; range: Gap; trades: StoredTrades; stored: ReadonlyMap<number, StoredTrades> },
): Promise<void> {
  const { seriesId, range, trades, stored } = job;
  const windows = new Set(stored.keys());
  for (let at = 0; at < trades.length; at = lowerBound(trades, (windowOf(trades.time[at]!) + 1) * MS_PER_HOUR))
    windows.add(windowOf(trades.time[at]!));
  // The hours at both ends may hold trades of ranges that only touch this one.
  const edges = new Map(stored);
  for (const window of [windowOf(range[0]), windowOf(range[1] - 1)]) {
    if (edges.has(window)) continue;
    const [chunk] = await transaction
      .select()
      .from(tradeChunks)
      .where(and(eq(tradeChunks.seriesId, seriesId), eq(tradeChunks.window, window)));
    if (chunk) edges.set(window, readChunk(chunk));
  }
  for (const window of windows) {
    const [startMs, endMs] = [window * MS_PER_HOUR, (window + 1) * MS_PER_HOUR];
    const old = edges.get(window);
    const merged = joinTrades([
      ...(old ? [tradesBetween(old, startMs, range[0])] : []),
      tradesBetween(trades, startMs, endMs),
      ...(old ? [tradesBetween(old, range[1], endMs)] : []),
    ]);
    const own = and(eq(tradeChunks.seriesId, seriesId), eq(tradeChunks.window, window));
    if (merged.length === 0) {
      await transaction.delete(tradeChunks).where(own);
      continue;
    }
    const row = {
      ...{ seriesId, window, trades: merged.length, digest: tradeDigest(merged) },
      fromMs: merged.time[0]!,
      toMs: merged.time[merged.length - 1]!,
      ...encodeTrades(merged),
    };
    await transaction
      .insert(tradeChunks)
      .values(row)
      .onConflictDoUpdate({ target: [tradeChunks.seriesId, tradeChunks.window], set: row });
  }
}

/** Adds a covered range, joined with those it touches. */
async function joinRange(transaction: Transaction, seriesId: number, [fromMs, toMs]: Gap): Promise<void> {
  const touching = and(
    eq(tradeRanges.seriesId, seriesId),
    lte(tradeRanges.fromMs, toMs),
    gte(tradeRanges.toMs, fromMs),
  );
  const joined = await transaction.select().from(tradeRanges).where(touching);
  await transaction.delete(tradeRanges).where(touching);
  await transaction.insert(tradeRanges).values({
    seriesId,
    fromMs: Math.min(fromMs, ...joined.map((row) => row.fromMs)),
    toMs: Math.max(toMs, ...joined.map((row) => row.toMs)),
  });
}

async function findOrCreate(transaction: Transaction, key: MarketKey): Promise<number> {
  const [found] = await transaction.select({ id: tradeSeries.id }).from(tradeSeries).where(keyed(key));
  if (found) return found.id;
  const { exchange, symbol } = key;
  const [made] = await transaction.insert(tradeSeries).values({ exchange, symbol }).returning({ id: tradeSeries.id });
  return made!.id;
}

const eqId = (seriesId: number): SQL => sql`${seriesId}`;

const inRange = (seriesId: SQL, fromMs: number, toMs: number): SQL | undefined =>
  and(eq(tradeChunks.seriesId, seriesId), gte(tradeChunks.toMs, fromMs), lt(tradeChunks.fromMs, toMs));

const selectChunks = (orm: Queries, seriesId: SQL, fromMs: number, toMs: number) =>
  orm
    .select()
    .from(tradeChunks)
    .where(inRange(seriesId, fromMs, toMs))
    .orderBy(asc(tradeChunks.window));

const selectRanges = (orm: Queries, seriesId: SQL, fromMs: number, toMs: number) =>
  orm
    .select({ fromMs: tradeRanges.fromMs, toMs: tradeRanges.toMs })
    .from(tradeRanges)
    .where(and(eq(tradeRanges.seriesId, seriesId), lt(tradeRanges.fromMs, toMs), gt(tradeRanges.toMs, fromMs)))
    .orderBy(asc(tradeRanges.fromMs));

async function summarise(orm: Orm, row: typeof tradeSeries.$inferSelect): Promise<TradesSummary> {
  const own = eq(tradeChunks.seriesId, row.id);
  const [heads, [ends], ranges] = await orm.batch([
    orm
      .select({ window: tradeChunks.window, digest: tradeChunks.digest, trades: tradeChunks.trades })
      .from(tradeChunks)
      .where(own)
      .orderBy(asc(tradeChunks.window)),
    orm
      .select({ fromMs: min(tradeChunks.fromMs), toMs: max(tradeChunks.toMs) })
      .from(tradeChunks)
      .where(own),
    selectRanges(orm, eqId(row.id), finite(-Infinity), finite(Infinity)),
  ]);
  const covered = ranges.map(({ fromMs, toMs }): Gap => [fromMs, toMs]);
  return {
    exchange: row.exchange,
    symbol: row.symbol,
    trades: heads.reduce((sum, { trades }) => sum + trades, 0),
    fromMs: ends?.fromMs ?? null,
    toMs: ends?.toMs ?? null,
    covered,
    contentHash: hashOfTrades(heads, covered),
  };
}

function faultsOf(chunk: Chunk, covered: readonly Gap[]): string[] {
  const name = `trades of ${new Date(chunk.window * MS_PER_HOUR).toISOString().slice(0, 13)} h`;
  let trades: StoredTrades;
  try {
    trades = readChunk(chunk);
  } catch (error) {
    return [`${name} cannot be decoded: ${error instanceof Error ? error.message : String(error)}`];
  }
  const faults: string[] = [];
  if (!tradeDigest(trades).equals(chunk.digest)) faults.push(`${name} have another content than their hash says`);
  if (trades.time[0] !== chunk.fromMs || trades.time[trades.length - 1] !== chunk.toMs)
    faults.push(`${name} do not cover the times they state`);
  let range = 0;
  for (let at = 0; at < trades.length; at++) {
    const timeMs = trades.time[at]!;
    const isOrdered = windowOf(timeMs) === chunk.window && (at === 0 || timeMs >= trades.time[at - 1]!);
    if (!isOrdered || !(trades.price[at]! > 0) || !(trades.quantity[at]! > 0)) {
      faults.push(`${name}: trade ${String(at)} is unsound or out of order`);
      break;
    }
    while (range < covered.length && covered[range]![1] <= timeMs) range++;
    if (range === covered.length || timeMs < covered[range]![0]) {
      faults.push(`${name}: trade ${String(at)} lies in no covered range`);
      break;
    }
  }
  return faults;
}
