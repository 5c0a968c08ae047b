import { seriesId, type SeriesKey } from '@wickworks/core';
import { LiveSeriesStore, type SeriesServices } from './live-series-store.js';

/** A series nobody looks at keeps running this long: going back and forth between timeframes costs nothing. */
const LINGER_MS = 20_000;

interface Held {
  readonly store: LiveSeriesStore;
  users: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** One store per series, running while somebody uses it. */
export class SeriesRegistry {
  readonly #services: SeriesServices;
  readonly #held = new Map<string, Held>();

  constructor(services: SeriesServices) {
    this.#services = services;
  }

  /** The store of `key`; it runs once {@link use}d. */
  get(key: SeriesKey): LiveSeriesStore {
    return this.#hold(key).store;
  }

  /** Runs the store of `key` until the returned function is called. */
  use(key: SeriesKey): () => void {
    const held = this.#hold(key);
    held.users++;
    clearTimeout(held.timer);
    held.store.start();
    return () => {
      if (--held.users > 0) return;
      held.timer = setTimeout(() => {
        held.store.stop();
        this.#held.delete(seriesId(key));
      }, LINGER_MS);
    };
  }

  /** When the last candle of any series of `exchange` arrived, this machine's clock. */
  lastNewsMs(exchange: string): number | null {
    let latest: number | null = null;
    for (const { store } of this.#held.values())
      if (store.key.exchange === exchange && store.lastNewsMs !== null)
        latest = Math.max(latest ?? 0, store.lastNewsMs);
    return latest;
  }

  #hold(key: SeriesKey): Held {
    const id = seriesId(key);
    let held = this.#held.get(id);
    if (!held) {
      held = { store: new LiveSeriesStore(key, this.#services), users: 0, timer: undefined };
      this.#held.set(id, held);
    }
    return held;
  }
}
