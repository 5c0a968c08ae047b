import { useEffect, useState } from 'react';
import type { SeriesStore } from '../../data/hooks-api.js';

const REFRESH_MS = 250;

/**
 * The store's version, at most four times per second: figures that change faster cannot be read, and the frames
 * belong to the chart. The last change always arrives.
 */
export function useReadableVersion(store: SeriesStore): number {
  const [seen, setSeen] = useState({ store, version: store.getVersion() });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const publish = (): void => {
      timer = undefined;
      setSeen({ store, version: store.getVersion() });
    };
    publish();
    const stop = store.subscribe(() => {
      timer ??= setTimeout(publish, REFRESH_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store]);
  return seen.store === store ? seen.version : store.getVersion();
}
