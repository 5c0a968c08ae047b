import type { TradesImportedView, TradesView, TradeTapePage, TradeTuple } from '@wickworks/contracts';
import { assert, cutRanges, err, lowerBound, ok, type Result } from '@wickworks/core';
import {
  importTrades,
  readTradeCsv,
  type MarketKey,
  type StoredTrades,
  type TradesSummary,
  type TradeStore,
} from '@wickworks/db';
import { refuse, type Refusal } from '../wire/problem.js';
import { refusalOfFile } from './datasets.js';

/** Trades one file may hold: some 120 MB of columns. */
const IMPORT_ROWS_MAX = 3_000_000;

const viewOf = ({ covered, ...summary }: TradesSummary): TradesView => ({ ...summary, covered: [...covered] });

/** Every market whose trades are stored, in order of exchange and symbol. */
export const listTrades = async (store: TradeStore): Promise<TradesView[]> => (await store.list()).map(viewOf);

/** What is said of a file of trades. */
export interface TradeFileFacts extends MarketKey {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly replace: boolean;
}

/** Stores all trades of a CSV text, plain or gzip; one that is refused, naming line or field, stores none of it. */
export async function importTradeFile(
  store: TradeStore,
  { exchange, symbol, ...options }: TradeFileFacts,
  csv: AsyncIterable<Uint8Array>,
): Promise<Result<TradesImportedView, Refusal>> {
  const key = { exchange, symbol };
  const read = await readTradeCsv(csv, IMPORT_ROWS_MAX);
  if (!read.ok) return err(refusalOfFile(read.error));
  const imported = await importTrades(store, key, read.value, options);
  if (!imported.ok) {
    const fault = imported.error;
    if (fault.kind === 'differs') {
      const advice = 'replace=true puts these in their place, files that share a millisecond are joined first';
      const reason = `other trades are stored from ${fault.timeMs} on`;
      const done = fault.isLate ? 'they came meanwhile, what lies before was imported' : 'nothing was imported';
      return err(refuse('conflict', `${reason}; ${advice}; ${done}`));
    }
    const path = options.fromMs !== undefined && options.fromMs > fault.firstMs ? 'fromMs' : 'toMs';
    const message = `the file holds trades from ${fault.firstMs} to ${fault.lastMs}`;
    return err(refuse('invalid-field', `${path}: ${message}; nothing was imported`, [{ path, message }]));
  }
  const { read: _read, ...outcome } = imported.value;
  const summary = await store.summary(key);
  assert(summary !== null, 'what was just stored is there');
  return ok({ ...outcome, dataset: viewOf(summary) });
}

/** Removes the stored trades of a market; what there was, or null. */
export async function deleteTrades(store: TradeStore, key: MarketKey): Promise<TradesView | null> {
  const summary = await store.summary(key);
  if (summary === null) return null;
  await store.delete(key);
  return viewOf(summary);
}

/** Where a page of trades begins: after so many of those that share this millisecond. */
export interface TapePlace {
  readonly timeMs: number;
  readonly skipped: number;
}

/** A page of stored trades, and where the next one begins. */
export interface TapePart extends Omit<TradeTapePage, 'nextCursor'> {
  readonly next: TapePlace | null;
}

/** Trades of `[fromMs, toMs)` from `place` on, at most `limit`; `null` where none are stored. */
export async function readTape(
  store: TradeStore,
  key: MarketKey,
  wish: { readonly fromMs?: number | undefined; readonly toMs?: number | undefined; readonly limit: number },
  place?: TapePlace,
): Promise<TapePart | null> {
  const summary = await store.summary(key);
  if (summary === null) return null;
  const { limit } = wish;
  const [beginMs = 0, endMs = 0] = [summary.covered[0]?.[0], summary.covered.at(-1)?.[1]];
  const { fromMs = beginMs, toMs = endMs } = wish;
  const { timeMs, skipped } = place ?? { timeMs: fromMs, skipped: 0 };
  const { trades, toMs: readMs } = await store.readSome(key, timeMs, Math.max(timeMs, toMs), skipped + limit + 1);
  const to = Math.min(trades.length, skipped + limit);
  return {
    items: tuplesOf(trades, skipped, to),
    covered: cutRanges(summary.covered, fromMs, toMs),
    contentHash: summary.contentHash,
    next: nextPlace(trades, to, { readMs, toMs }),
  };
}

function nextPlace(trades: StoredTrades, at: number, { readMs, toMs }: { readMs: number; toMs: number }) {
  if (at >= trades.length) return readMs < toMs ? { timeMs: readMs, skipped: 0 } : null;
  const timeMs = trades.time[at]!;
  return { timeMs, skipped: at - lowerBound(trades, timeMs) };
}

function tuplesOf({ time, price, quantity, side, id }: StoredTrades, from: number, to: number): TradeTuple[] {
  const tuples: TradeTuple[] = [];
  for (let at = from; at < to; at++) {
    const taker = side[at] === 0 ? null : side[at] === 1 ? 'buy' : 'sell';
    tuples.push([time[at]!, price[at]!, quantity[at]!, taker, id[at] === -1 ? null : id[at]!]);
  }
  return tuples;
}
