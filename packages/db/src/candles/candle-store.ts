import { and, asc, desc, eq, lt } from 'drizzle-orm';
import type { CandleColumns, CandleRow, Candles, Gap, SeriesKey } from '@wickworks/core';
import type { Connection, Orm } from '../connection.js';
import { DatabaseError } from '../database-error.js';
import type { AppendOutcome, CandleOrigin, CandleStore, SeriesSummary, StoredCorrection } from '../ports.js';
import { corrections, series } from '../schema.js';
import { appendCandles } from './append.js';
import { appendNewest, NEWEST_CANDLES_MAX } from './append-newest.js';
import { ChunkCache } from './chunk-cache.js';
import { prepareCandles } from './prepare.js';
import { readNewest, readRange } from './read.js';
import { selectSeries, seriesIdOf } from './series-rows.js';
import { addSourceGap, readSourceGaps } from './source-gaps.js';
import { summarise, summariseDamaged } from './summary.js';
import { findFaults } from './verify.js';

/** The candle store over libSQL; see ports.ts for what each method promises. */
export class LibsqlCandleStore implements CandleStore {
  readonly #connection: Connection;
  /** Summaries by series id; a revision that moved on makes one worthless. */
  readonly #summaries = new Map<number, { readonly summary: SeriesSummary; readonly revision: number }>();

  readonly #cache = new ChunkCache();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async append(
    key: SeriesKey,
    candles: readonly CandleRow[] | CandleColumns,
    origin: CandleOrigin,
    nowMs: number,
  ): Promise<AppendOutcome> {
    const incoming = prepareCandles(key, candles);
    if (incoming.length === 0) return { added: 0, unchanged: 0, corrections: [] };
    if (
      incoming.length <= NEWEST_CANDLES_MAX &&
      (await this.#connection.run((orm) => appendNewest(orm, key, incoming)))
    )
      return { added: incoming.length, unchanged: 0, corrections: [] };
    return this.#connection.write((transaction) => appendCandles(transaction, key, incoming, { origin, nowMs }));
  }

  read(key: SeriesKey, fromMs: number, toMs: number): Promise<Candles> {
    return this.#connection.run((orm) =>
      readRange(orm, key, { fromMs: finite(fromMs), toMs: finite(toMs), cache: this.#cache }),
    );
  }

  readBefore(key: SeriesKey, beforeMs: number, limit: number): Promise<Candles> {
    return this.#connection.run((orm) =>
      readNewest(orm, key, { beforeMs: finite(beforeMs), limit, cache: this.#cache }),
    );
  }

  async lastOpenTime(key: SeriesKey): Promise<number | null> {
    const [row] = await this.#connection.run((orm) => selectSeries(orm, key));
    return row?.toMs ?? null;
  }

  list(): Promise<readonly SeriesSummary[]> {
    return this.#connection.run(async (orm) => {
      const rows = await orm
        .select({ id: series.id, revision: series.revision })
        .from(series)
        .orderBy(asc(series.exchange), asc(series.symbol), asc(series.id));
      const summaries: SeriesSummary[] = [];
      for (const row of rows) {
        const summary = await this.#summaryEvenOfDamaged(orm, row);
        if (summary !== null) summaries.push(summary);
      }
      return summaries;
    });
  }

  summary(key: SeriesKey): Promise<SeriesSummary | null> {
    return this.#connection.run(async (orm) => {
      const [row] = await selectSeries(orm, key);
      return row === undefined ? null : this.#summaryEvenOfDamaged(orm, row);
    });
  }

  async corrections(
    key: SeriesKey,
    limit: number,
    beforeId = Number.MAX_SAFE_INTEGER,
  ): Promise<readonly StoredCorrection[]> {
    const rows = await this.#connection.run((orm) =>
      orm
        .select()
        .from(corrections)
        .where(and(eq(corrections.seriesId, seriesIdOf(key)), lt(corrections.id, beforeId)))
        .orderBy(desc(corrections.id))
        .limit(limit),
    );
    return rows.map(toCorrection);
  }

  markSourceGap(key: SeriesKey, gap: Gap): Promise<void> {
    return this.#connection.write((transaction) => addSourceGap(transaction, key, gap));
  }

  sourceGaps(key: SeriesKey, fromMs: number, toMs: number): Promise<readonly Gap[]> {
    return this.#connection.run((orm) => readSourceGaps(orm, key, finite(fromMs), finite(toMs)));
  }

  async delete(key: SeriesKey): Promise<void> {
    // Foreign keys take chunks, tail, corrections and gaps along.
    await this.#connection.write((transaction) => transaction.delete(series).where(eq(series.id, seriesIdOf(key))));
    await this.#connection.raw(async (client) => {
      if (client.protocol === 'file') await client.executeMultiple('PRAGMA incremental_vacuum');
    });
  }

  verify(key: SeriesKey): Promise<readonly string[]> {
    return this.#connection.run((orm) => findFaults(orm, key));
  }

  /** One damaged series must not hide the others. */
  async #summaryEvenOfDamaged(orm: Orm, row: { id: number; revision: number }): Promise<SeriesSummary | null> {
    try {
      return await this.#summaryOf(orm, row);
    } catch (error) {
      if (error instanceof DatabaseError && error.kind !== 'damaged') throw error;
      return summariseDamaged(orm, row.id, error instanceof Error ? error.message : String(error));
    }
  }

  async #summaryOf(orm: Orm, row: { id: number; revision: number }): Promise<SeriesSummary | null> {
    const known = this.#summaries.get(row.id);
    if (known?.revision === row.revision) return known.summary;
    const found = await summarise(orm, row.id);
    if (found === null) this.#summaries.delete(row.id);
    else this.#summaries.set(row.id, found);
    return found?.summary ?? null;
  }
}

/** Callers may say ±Infinity for "without end"; SQL may not. */
const finite = (timeMs: number): number => Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, timeMs));

function toCorrection(row: typeof corrections.$inferSelect): StoredCorrection {
  const { id, openTimeMs, seenAtMs } = row;
  return {
    id,
    openTimeMs,
    seenAtMs,
    origin: row.origin,
    previous: [openTimeMs, row.previousOpen, row.previousHigh, row.previousLow, row.previousClose, row.previousVolume],
    candle: [openTimeMs, row.open, row.high, row.low, row.close, row.volume],
  };
}
