import { and, asc, desc, eq, gte, lt } from 'drizzle-orm';
import { Candles, copyColumns, lowerBound, type CandleColumns, type SeriesKey } from '@wickworks/core';
import type { Orm } from '../connection.js';
import { chunks, tailCandles } from '../schema.js';
import { readChunkInto, roomFor } from './chunk.js';
import type { ChunkCache } from './chunk-cache.js';
import { selectTail, seriesIdOf } from './series-rows.js';

/** Pages of history come from few chunks and profit from the cache; a sweep over all would only empty it. */
const CACHED_CHUNKS_MAX = 2;

/** Candles opening in `[fromMs, toMs)`, ascending, from chunks and tail in one snapshot. */
export async function readRange(
  orm: Orm,
  key: SeriesKey,
  { fromMs, toMs, cache }: { fromMs: number; toMs: number; cache: ChunkCache },
): Promise<Candles> {
  const id = seriesIdOf(key);
  const [stored, tail] = await orm.batch([
    orm
      .select({ digest: chunks.digest, candles: chunks.candles, times: chunks.times, block: chunks.block })
      .from(chunks)
      .where(and(eq(chunks.seriesId, id), gte(chunks.toMs, fromMs), lt(chunks.fromMs, toMs)))
      .orderBy(asc(chunks.window)),
    selectTail(
      orm,
      and(eq(tailCandles.seriesId, id), gte(tailCandles.openTimeMs, fromMs), lt(tailCandles.openTimeMs, toMs)),
    ),
  ]);
  const chunked = stored.reduce((sum, chunk) => sum + chunk.candles, 0);
  const room = roomFor(chunked + tail.length);
  let at = 0;
  for (const chunk of stored) {
    if (stored.length <= CACHED_CHUNKS_MAX) copyInto(room, at, cache.read(chunk, key.timeframe));
    else readChunkInto(chunk, key.timeframe, room, at);
    at += chunk.candles;
  }
  for (const row of tail) {
    room.time[at] = row.openTimeMs;
    room.open[at] = row.open;
    room.high[at] = row.high;
    room.low[at] = row.low;
    room.close[at] = row.close;
    room.volume[at] = row.volume;
    at++;
  }
  const from = lowerBound(room, fromMs);
  const to = lowerBound(room, toMs);
  // A small answer must not keep the whole of its chunks in memory.
  return from === 0 && to === room.length ? Candles.wrap(room) : copyColumns(room, from, to);
}

/** The newest `limit` candles opening before `beforeMs`, ascending. */
export async function readNewest(
  orm: Orm,
  key: SeriesKey,
  { beforeMs, limit, cache }: { beforeMs: number; limit: number; cache: ChunkCache },
): Promise<Candles> {
  if (limit <= 0) return new Candles();
  const id = seriesIdOf(key);
  const [tail, heads] = await orm.batch([
    orm
      .select({ openTimeMs: tailCandles.openTimeMs })
      .from(tailCandles)
      .where(and(eq(tailCandles.seriesId, id), lt(tailCandles.openTimeMs, beforeMs)))
      .orderBy(desc(tailCandles.openTimeMs))
      .limit(limit),
    orm
      .select({ fromMs: chunks.fromMs, toMs: chunks.toMs, candles: chunks.candles })
      .from(chunks)
      .where(and(eq(chunks.seriesId, id), lt(chunks.fromMs, beforeMs)))
      .orderBy(desc(chunks.window)),
  ]);
  let fromMs = tail.at(-1)?.openTimeMs ?? beforeMs;
  let found = tail.length;
  for (const head of heads) {
    if (found >= limit) break;
    fromMs = head.fromMs;
    // A chunk that reaches beyond `beforeMs` counts for nothing yet: how much of it lies before is not known.
    if (head.toMs < beforeMs) found += head.candles;
  }
  const candles = await readRange(orm, key, { fromMs, toMs: beforeMs, cache });
  return candles.length <= limit ? candles : copyColumns(candles, candles.length - limit);
}

function copyInto(room: CandleColumns, at: number, candles: CandleColumns): void {
  room.time.set(candles.time, at);
  room.open.set(candles.open, at);
  room.high.set(candles.high, at);
  room.low.set(candles.low, at);
  room.close.set(candles.close, at);
  room.volume.set(candles.volume, at);
}
