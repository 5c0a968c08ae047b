import type { SeriesPhase } from '../../data/hooks-api.js';
import { formatAge } from '../../format/time.js';

/** What is written across a chart whose prices may be old; `null` while they are live. */
export function staleLabel(phase: SeriesPhase, ageMs: number | null): string | null {
  const age = ageMs === null ? '' : ` · last news ${formatAge(ageMs)} ago`;
  switch (phase) {
    case 'live':
    case 'loading':
    case 'failed':
      return null;
    case 'cached':
      return 'FROM THIS BROWSER · not yet confirmed';
    case 'unlisted':
      return 'NOT LISTED · stored candles';
    case 'stale':
      return `STALE${age}`;
    case 'down':
      return `EXCHANGE DOWN${age}`;
    case 'lost':
      return `SERVER LOST${age}`;
  }
}
