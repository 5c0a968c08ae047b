import { setImmediate as otherWork } from 'node:timers/promises';
import { cutRanges, err, lowerBound, MS_PER_HOUR, ok, type Gap, type Result } from '@wickworks/core';
import type { MarketKey, StoredTrades, TradeConflict, TradesWritten, TradeStore } from '../ports.js';
import { firstDifferenceMs, tradesBetween } from './trade-buffer.js';

/** Some fifty milliseconds' worth: whoever else uses the store waits no longer, but for an hour that holds more. */
const PIECE_TRADES = 50_000;

/** What came of a file of trades. */
export interface TradesImported extends TradesWritten {
  /** Trades in the file. */
  readonly read: number;
  /** `[fromMs, toMs)`, of which every trade is stored now. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** The file holds trades from before or after the time that it is said to be of. */
interface OutsideFault {
  readonly kind: 'outside';
  /** Of its first and its last trade. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Other trades are stored than the file holds. */
interface ConflictFault extends TradeConflict {
  /** They came while it was imported: what lies before `timeMs` is stored as the file has it. */
  readonly isLate: boolean;
}

/**
 * Stores the trades of a file (one at least), and that these are all of `[fromMs, toMs)`; left out: from its first to
 * its last trade. All of it or nothing where other trades are stored already. It is written in pieces of whole hours, so
 * that others have their turn: broken off by a fault of the database, the pieces written stand, each with its range, and
 * the same import goes on from there.
 */
export async function importTrades(
  store: TradeStore,
  key: MarketKey,
  trades: StoredTrades,
  options: {
    readonly fromMs?: number | undefined;
    readonly toMs?: number | undefined;
    readonly replace?: boolean | undefined;
  },
): Promise<Result<TradesImported, ConflictFault | OutsideFault>> {
  const read = trades.length;
  const [firstMs, lastMs] = [trades.time[0]!, trades.time[read - 1]!];
  const { fromMs = firstMs, toMs = lastMs + 1, replace = false } = options;
  if (fromMs > firstMs || toMs <= lastMs) return err({ kind: 'outside', firstMs, lastMs });
  const pieces = [...piecesOf([fromMs, toMs], trades)];
  const compared = replace ? ok(new Set<Gap>()) : await compare(store, key, pieces, trades);
  if (!compared.ok) return err({ ...compared.error, isLate: false });
  const total = { added: 0, unchanged: 0, replaced: 0 };
  const known = [...compared.value];
  const write = async (piece: Gap): Promise<Result<null, TradeConflict>> => {
    const written = await store.write(key, piece, tradesBetween(trades, ...piece), { replace });
    if (!written.ok) return written;
    total.added += written.value.added;
    total.unchanged += written.value.unchanged;
    total.replaced += written.value.replaced;
    await otherWork();
    return ok(null);
  };
  for (const piece of pieces.filter((one) => !compared.value.has(one))) {
    const written = await write(piece);
    if (!written.ok) return err({ ...written.error, isLate: true });
  }
  // What was there already is not read again, but it may have been deleted meanwhile.
  const covered = known.length === 0 ? [] : await store.covered(key);
  for (const piece of known) {
    if (isWhole(cutRanges(covered, ...piece), piece)) {
      total.unchanged += tradesBetween(trades, ...piece).length;
      continue;
    }
    const written = await write(piece);
    if (!written.ok) return err({ ...written.error, isLate: true });
  }
  return ok({ read, ...total, fromMs, toMs });
}

/** The range in stretches that end with an hour and hold at most {@link PIECE_TRADES} trades, or are one hour. */
function* piecesOf([fromMs, toMs]: Gap, trades: StoredTrades): Generator<Gap> {
  for (let startMs = fromMs; startMs < toMs;) {
    const nextMs = trades.time[lowerBound(trades, startMs) + PIECE_TRADES] ?? Infinity;
    const hourEndMs = (Math.floor(startMs / MS_PER_HOUR) + 1) * MS_PER_HOUR;
    const endMs = Math.min(toMs, Math.max(hourEndMs, Math.floor(nextMs / MS_PER_HOUR) * MS_PER_HOUR));
    yield [startMs, endMs];
    startMs = endMs;
  }
}

const isWhole = (covered: readonly Gap[], [fromMs, toMs]: Gap): boolean =>
  covered.length === 1 && covered[0]![0] === fromMs && covered[0]![1] === toMs;

/** The pieces that are stored already, or the first stored trade that the file contradicts, or holds besides. */
async function compare(
  store: TradeStore,
  key: MarketKey,
  pieces: readonly Gap[],
  trades: StoredTrades,
): Promise<Result<ReadonlySet<Gap>, TradeConflict>> {
  const same = new Set<Gap>();
  const covered = await store.covered(key);
  for (const piece of pieces) {
    if (cutRanges(covered, ...piece).length === 0) continue;
    const { trades: stored, covered: known } = await store.read(key, ...piece);
    for (const range of known) {
      const timeMs = firstDifferenceMs(tradesBetween(stored, ...range), tradesBetween(trades, ...range));
      if (timeMs !== null) return err({ kind: 'differs', timeMs });
    }
    if (isWhole(known, piece)) same.add(piece);
    await otherWork();
  }
  return ok(same);
}
