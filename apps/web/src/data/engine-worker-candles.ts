import { describeFailure, joinColumns, sliceColumns, type Subscription, type WickClient } from '@wickworks/client';
import {
  Candles,
  err,
  lowerBound,
  ok,
  rowAt,
  sameCandle,
  seriesId,
  timeframeMs,
  type CandleColumns,
  type Gap,
  type Result,
  type SeriesKey,
} from '@wickworks/core';
import { CandleCache } from './candle-cache.js';

/** Candles per question to the server, its largest page; and how many questions are under way at once. */
const PAGE_CANDLES = 5_000;
const LANES = 4;
/** The cache keeps stretches of so many candles; only whole ones are written, so that no newer ones are cut off. */
const CACHE_CHUNK = 1_024;
const SNAPSHOT_TIMEOUT_MS = 20_000;

/** Closed candles of a past range. */
export interface LoadedCandles {
  readonly candles: CandleColumns;
  /** The server said so in this session; otherwise they come from this browser's cache. */
  readonly isConfirmed: boolean;
}

export interface CandleRange {
  readonly fromMs: number;
  readonly toMs: number;
}

type Progress = (ratio: number) => void;

interface Held extends CandleRange {
  readonly candles: CandleColumns;
}

/** Candles for backtests: kept as columns while the page lives, in IndexedDB between visits, fetched by socket once. */
export class CandleLoader {
  readonly #client: WickClient;
  readonly #cache = new CandleCache();
  readonly #held = new Map<string, Held>();
  /** The range asked for last: the very same candles again, so that what was worked out from them still serves. */
  readonly #cuts = new Map<string, Held & { readonly of: CandleColumns }>();

  constructor(client: WickClient) {
    this.#client = client;
  }

  /**
   * Candles opening in `[fromMs, toMs)`. Those of the cache come at once, unconfirmed; {@link confirm} must follow
   * before anyone believes a figure made of them. `isSure`: none of the cache.
   */
  async load(
    key: SeriesKey,
    range: CandleRange,
    { onProgress, signal, isSure }: { onProgress: Progress; signal: AbortSignal; isSure: boolean },
  ): Promise<Result<LoadedCandles, string>> {
    const held = this.#cut(key, range);
    if (held) return ok({ candles: held, isConfirmed: true });
    const cached = isSure ? null : await this.#cached(key, range);
    if (cached) return ok({ candles: cached, isConfirmed: false });
    const fetched = await this.#fetch(key, range, onProgress, signal);
    return fetched.ok ? ok({ candles: fetched.value, isConfirmed: true }) : fetched;
  }

  /** Asks the server for the candles of the range: `same`, or what they are instead. */
  async confirm(key: SeriesKey, range: CandleRange, shown: CandleColumns): Promise<Result<'same' | 'changed', string>> {
    const fetched = await this.#fetch(key, range, () => undefined);
    if (!fetched.ok) return fetched;
    return ok(isEqual(shown, fetched.value) ? 'same' : 'changed');
  }

  /** The candles of the range out of the cache; `null` when some are missing there. */
  async #cached(key: SeriesKey, range: CandleRange): Promise<CandleColumns | null> {
    const stepMs = timeframeMs(key.timeframe);
    const cached = await this.#cache.read(key, Math.ceil((range.toMs - range.fromMs) / stepMs), range.toMs);
    const candles = within(cached.candles, range);
    const isWhole =
      candles.length > 0 &&
      candles.time[0]! - range.fromMs < stepMs &&
      range.toMs - candles.time[candles.length - 1]! <= stepMs;
    return isWhole ? candles : null;
  }

  #cut(key: SeriesKey, range: CandleRange): CandleColumns | undefined {
    const id = seriesId(key);
    const held = this.#held.get(id);
    if (!held || held.fromMs > range.fromMs || held.toMs < range.toMs) return undefined;
    const last = this.#cuts.get(id);
    if (last?.of === held.candles && last.fromMs === range.fromMs && last.toMs === range.toMs) return last.candles;
    const candles = Candles.wrap(within(held.candles, range));
    this.#cuts.set(id, { ...range, candles, of: held.candles });
    return candles;
  }

  async #fetch(
    key: SeriesKey,
    range: CandleRange,
    onProgress: Progress,
    signal?: AbortSignal,
  ): Promise<Result<CandleColumns, string>> {
    const opened = await this.#subscribe(key);
    if (!opened.ok) return opened;
    const { subscription, newestClosedMs } = opened.value;
    try {
      const stepMs = timeframeMs(key.timeframe);
      // The forming candle is nobody's to test with.
      const toMs = Math.min(range.toMs, newestClosedMs + stepMs);
      const windows: CandleRange[] = [];
      for (let at = range.fromMs; at < toMs; at += PAGE_CANDLES * stepMs)
        windows.push({ fromMs: at, toMs: Math.min(toMs, at + PAGE_CANDLES * stepMs) });
      const pages: CandleColumns[] = windows.map(() => new Candles(0));
      const gaps: Gap[] = [];
      const faults: string[] = [];
      let next = 0;
      let done = 0;
      const lane = async (): Promise<void> => {
        for (let index = next++; index < windows.length && faults.length === 0; index = next++) {
          if (signal?.aborted === true) {
            faults.push('Cancelled.');
            return;
          }
          const window = windows[index]!;
          const limit = Math.max(1, Math.ceil((window.toMs - window.fromMs) / stepMs));
          const page = await subscription.history({ before: window.toMs, limit });
          if (!page.ok) {
            faults.push(describeFailure(page.error));
            return;
          }
          pages[index] = within(page.value.candles, window);
          gaps.push(...page.value.gaps);
          onProgress(++done / windows.length);
        }
      };
      await Promise.all(Array.from({ length: LANES }, lane));
      const [fault] = faults;
      if (fault !== undefined) return err(fault);
      const candles = joinColumns(pages);
      this.#held.set(seriesId(key), { candles, fromMs: range.fromMs, toMs });
      this.#save(key, candles, { gaps, toMs });
      return ok(candles);
    } finally {
      subscription.unsubscribe();
    }
  }

  #save(key: SeriesKey, candles: CandleColumns, { gaps, toMs }: { gaps: readonly Gap[]; toMs: number }): void {
    const chunkMs = timeframeMs(key.timeframe) * CACHE_CHUNK;
    const whole = sliceColumns(candles, 0, lowerBound(candles, Math.floor(toMs / chunkMs) * chunkMs));
    void this.#cache.write(key, { candles: whole, gaps });
  }

  /** History belongs to a subscription: opens one and learns from its snapshot which candle closed last. */
  #subscribe(key: SeriesKey): Promise<Result<{ subscription: Subscription; newestClosedMs: number }, string>> {
    return new Promise((resolve) => {
      const { exchange, symbol, timeframe } = key;
      const give = (result: Result<{ subscription: Subscription; newestClosedMs: number }, string>): void => {
        clearTimeout(timer);
        if (!result.ok) subscription.unsubscribe();
        resolve(result);
      };
      const timer = setTimeout(() => give(err('The server did not answer in time.')), SNAPSHOT_TIMEOUT_MS);
      const subscription = this.#client.ohlcv.subscribe(
        { exchange, symbol, timeframe, limit: 2 },
        {
          onSnapshot: ({ candles, forming }) => {
            const last = candles.length - (forming ? 2 : 1);
            give(
              last < 0
                ? err(`${exchange} has no candles of ${symbol} ${timeframe}.`)
                : ok({ subscription, newestClosedMs: candles.time[last]! }),
            );
          },
          onState: ({ phase, problem }) => {
            if (phase === 'failed') give(err(problem.detail));
          },
        },
      );
    });
  }
}

const within = (candles: CandleColumns, { fromMs, toMs }: CandleRange): CandleColumns =>
  sliceColumns(candles, lowerBound(candles, fromMs), lowerBound(candles, toMs));

function isEqual(a: CandleColumns, b: CandleColumns): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (!sameCandle(rowAt(a, index), rowAt(b, index))) return false;
  return true;
}
