import type { CandleColumns, Timeframe } from '@wickworks/core';
import { readChunk, type ChunkRow } from './chunk.js';

/** About 1 MB each. */
const CHUNKS_MAX = 8;

/**
 * The chunks decoded last, by content: whoever scrolls back page by page reads the same chunk many times over.
 * A changed chunk has another digest, so nothing here can be stale. What it returns is shared: read only.
 */
export class ChunkCache {
  readonly #decoded = new Map<string, CandleColumns>();

  read(chunk: Pick<ChunkRow, 'digest' | 'candles' | 'times' | 'block'>, timeframe: Timeframe): CandleColumns {
    const digest = chunk.digest.toString('base64');
    const candles = this.#decoded.get(digest) ?? readChunk(chunk, timeframe);
    this.#decoded.delete(digest); // and back in as the newest
    this.#decoded.set(digest, candles);
    if (this.#decoded.size > CHUNKS_MAX) this.#decoded.delete(this.#decoded.keys().next().value ?? digest);
    return candles;
  }
}
