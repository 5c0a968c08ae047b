import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { IndicatorFeed } from '../../chart/api/indicator-feed.js';
import type { OverlayPicture } from '../../chart/model/overlays/indicator-overlays.js';
import type { SeriesSource } from '../../chart/model/series-source.js';
import type { IndicatorChoice } from '../../data/workspace-schema.js';
import { notify } from '../../ui/toast-store.js';

const NOTHING: OverlayPicture = { plots: [], panes: [], groups: [] };

/**
 * The chart's indicators over `source`, calculated in this browser. Their code is fetched when there is the first one;
 * a tick changes the plots' columns in place and renders nothing here.
 */
export function useOverlays(source: SeriesSource, choices: readonly IndicatorChoice[]): OverlayPicture {
  const feed = useRef<{ source: SeriesSource; feed: IndicatorFeed } | null>(null);
  const listeners = useRef(new Set<() => void>());
  const [attempt, setAttempt] = useState(0);
  const isWanted = choices.length > 0;
  const latest = useRef(choices);

  useEffect(() => {
    latest.current = choices;
    feed.current?.feed.set(choices);
    tell(listeners.current);
  }, [choices]);

  useEffect(() => {
    if (!isWanted) return undefined;
    let isGone = false;
    const heard = listeners.current;
    import('../../chart/api/indicator-feed.js').then(
      (code) => {
        if (isGone) return;
        feed.current = { source, feed: new code.IndicatorFeed(source, latest.current, () => tell(heard)) };
        tell(heard);
      },
      () =>
        notify({
          tone: 'bad',
          title: 'Indicators could not be loaded',
          text: 'The server may be away, or a newer version was installed.',
          action: { label: 'Try again', run: () => setAttempt((count) => count + 1) },
        }),
    );
    return () => {
      isGone = true;
      feed.current?.feed.close();
      feed.current = null;
      tell(heard);
    };
  }, [source, isWanted, attempt]);

  return useSyncExternalStore(
    useCallback((listener) => {
      const heard = listeners.current;
      heard.add(listener);
      return () => heard.delete(listener);
    }, []),
    () => (feed.current?.source === source ? feed.current.feed.picture : NOTHING),
  );
}

function tell(listeners: ReadonlySet<() => void>): void {
  for (const listener of listeners) listener();
}
