import * as z from 'zod';
import type { ReadReplay, Replay } from './exchanges.js';

const VenueState = z.object({
  markets: z.array(z.object({ symbol: z.string(), replaying: z.string() })),
});
const ANSWER_WITHIN_MS = 1_000;
const TEXT = 'Recorded market data, replayed by the local venue: these prices are not live.';

/** Asks the venue at `url` (`null`: there is none) what it replays. */
export function replayReader(url: () => string | null): ReadReplay {
  return async (): Promise<Replay | null> => {
    const base = url();
    if (base === null) return null;
    try {
      const answer = await fetch(`${base}/_venue/state`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
      const state = VenueState.safeParse(await answer.json());
      if (!state.success) return { text: TEXT, sources: {} };
      return { text: TEXT, sources: Object.fromEntries(state.data.markets.map((m) => [m.symbol, m.replaying])) };
    } catch {
      // The venue is away; that its prices are a replay stays true.
      return { text: TEXT, sources: {} };
    }
  };
}
