import { joinColumns, mergeColumns, sliceColumns } from '@wickworks/client';
import {
  Candles,
  candlesFault,
  copyColumns,
  lowerBound,
  seriesId,
  timeframeMs,
  unpackCandles,
  type Gap,
  type SeriesKey,
} from '@wickworks/core';
import type { DBSchema, IDBPDatabase } from 'idb';
import { afterLastHole, type CachedCandles } from './cached-candles.js';

interface Chunk {
  readonly series: string;
  /** Window number: open time divided by the width of {@link CHUNK_CANDLES} candles. */
  readonly index: number;
  readonly count: number;
  readonly packed: ArrayBuffer;
  readonly gaps: readonly Gap[];
}

interface Schema extends DBSchema {
  chunks: { key: [series: string, index: number]; value: Chunk };
}

const CHUNK_CANDLES = 1_024;
/** Per series: a year of minutes and some; the oldest go first. */
const CHUNKS_MAX = 640;
const DATABASE = { name: 'wickworks-candles', version: 1 } as const;

/**
 * Closed candles of earlier visits in IndexedDB, for a first paint before the server answers. Never the truth: what
 * comes from here is shown as unconfirmed. Every failure (private window, full disk, damage) reads as "nothing cached".
 */
export class CandleCache {
  readonly #openDatabase: () => Promise<IDBPDatabase<Schema>>;
  #database: Promise<IDBPDatabase<Schema>> | undefined;
  #writes: Promise<void> = Promise.resolve();

  constructor(openDatabase = openCandleDatabase) {
    this.#openDatabase = openDatabase;
  }

  /** The newest candles opening before `beforeMs`, about `limit` of them, up to the first unexplained hole or damage. */
  async read(key: SeriesKey, limit: number, beforeMs = Infinity): Promise<CachedCandles> {
    try {
      const database = await this.#open();
      const upper = Math.min(Number.MAX_SAFE_INTEGER, chunkOf(key, beforeMs - 1));
      const range = IDBKeyRange.bound([seriesId(key), 0], [seriesId(key), upper]);
      const chunks: CachedCandles[] = [];
      let count = 0;
      let cursor = await database.transaction('chunks').store.openCursor(range, 'prev');
      for (; cursor && count < limit; cursor = await cursor.continue()) {
        const chunk = unpack(cursor.value);
        if (!chunk) break;
        chunks.unshift(chunk);
        count += lowerBound(chunk.candles, beforeMs);
      }
      const joined = joinColumns(chunks.map((chunk) => chunk.candles));
      const gaps = chunks.flatMap((chunk) => chunk.gaps);
      const older = sliceColumns(joined, 0, lowerBound(joined, beforeMs));
      return { candles: afterLastHole({ candles: older, gaps }, key.timeframe), gaps };
    } catch {
      return { candles: new Candles(), gaps: [] };
    }
  }

  /** Keeps closed candles that the server has confirmed; resolves when they are stored, or could not be. */
  write(key: SeriesKey, { candles, gaps }: CachedCandles): Promise<void> {
    const copy = { candles: copyColumns(candles), gaps };
    this.#writes = this.#writes.then(() => this.#write(key, copy)).catch(() => undefined);
    return this.#writes;
  }

  async close(): Promise<void> {
    await this.#writes;
    const database = await this.#database?.catch(() => undefined);
    database?.close();
    this.#database = undefined;
  }

  async #write(key: SeriesKey, { candles, gaps }: CachedCandles): Promise<void> {
    if (candles.length === 0) return;
    // Before the transaction, which ends by itself when something else is waited for.
    const { packCandles } = await import('@wickworks/core/pack-candles');
    const database = await this.#open();
    const transaction = database.transaction('chunks', 'readwrite');
    const series = seriesId(key);
    const firstMs = candles.time[0]!;
    const last = chunkOf(key, candles.time[candles.length - 1]!);
    for (let index = chunkOf(key, firstMs); index <= last; index++) {
      const [fromMs, toMs] = [windowStart(key, index), windowStart(key, index + 1)];
      const [start, end] = [lowerBound(candles, fromMs), lowerBound(candles, toMs)];
      if (start === end) continue;
      const fresh = sliceColumns(candles, start, end);
      // Confirmed candles replace all that was kept from their first one on; older ones in this window stay.
      const stored = firstMs > fromMs ? await transaction.store.get([series, index]) : undefined;
      const old = stored && unpack(stored);
      const kept = old && sliceColumns(old.candles, 0, lowerBound(old.candles, firstMs));
      const merged = kept ? mergeColumns(kept, fresh) : fresh;
      const allGaps = [...(old?.gaps.filter(([, gapTo]) => gapTo <= firstMs) ?? []), ...gapsIn(gaps, fromMs, toMs)];
      const packed = packCandles(merged).slice().buffer;
      await transaction.store.put({ series, index, count: merged.length, packed, gaps: allGaps }, [series, index]);
    }
    if (last >= CHUNKS_MAX) await transaction.store.delete(IDBKeyRange.bound([series, 0], [series, last - CHUNKS_MAX]));
    await transaction.done;
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    return (this.#database ??= this.#openDatabase());
  }
}

/** The library comes when the chart has begun to draw: the cache is a help, not a need. */
async function openCandleDatabase(): Promise<IDBPDatabase<Schema>> {
  const { openDB } = await import('idb');
  return openDB<Schema>(DATABASE.name, DATABASE.version, {
    upgrade: (database) => void database.createObjectStore('chunks'),
  });
}

const windowMs = (key: SeriesKey): number => timeframeMs(key.timeframe) * CHUNK_CANDLES;
const chunkOf = (key: SeriesKey, timeMs: number): number => Math.floor(timeMs / windowMs(key));
const windowStart = (key: SeriesKey, index: number): number => index * windowMs(key);

/** A gap belongs to the window in which it ends, beside the candle behind it. */
const gapsIn = (gaps: readonly Gap[], fromMs: number, toMs: number): Gap[] =>
  gaps.filter(([, gapTo]) => gapTo >= fromMs && gapTo < toMs);

function unpack(chunk: Chunk): CachedCandles | undefined {
  const candles = unpackCandles(new Uint8Array(chunk.packed), chunk.count);
  if (!candles.ok || candlesFault(candles.value) !== null) return undefined;
  return { candles: candles.value, gaps: chunk.gaps };
}
