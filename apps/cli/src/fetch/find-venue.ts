import type { Config } from '@wickworks/config';
import { err, ok, type Result } from '@wickworks/core';
import type { World } from '../context.js';
import { failed, type CommandFailure } from '../failure.js';

/** A venue to talk to, and how to let go of it. */
export interface VenueAccess {
  readonly url: string;
  close(): Promise<void>;
}

const PROBE_WITHIN_MS = 1_000;

/** The venue at `named`, else that of the settings, else the one a running server embeds, else one of our own. */
export async function findVenue(
  world: World,
  config: Config,
  named: string | undefined,
): Promise<Result<VenueAccess, CommandFailure>> {
  const { mode, port, dataDir, speed, clock } = config.venue;
  const close = () => Promise.resolve();
  if (named !== undefined) return ok({ url: named, close });
  if (mode.kind === 'url') return ok({ url: mode.url, close });
  if (mode.kind === 'off') return err(failed('the local venue is off (WICK_VENUE); name one with --venue URL'));
  const embedded = `http://127.0.0.1:${port}`;
  if (await isVenue(embedded)) return ok({ url: embedded, close });
  const { startVenue } = await import('@wickworks/venue');
  const venue = await startVenue({
    port: 0,
    speed,
    clock,
    ...(dataDir === null ? {} : { dataDir }),
    ...(world.bundle === undefined ? {} : { bundledDir: world.bundle.venueDataFolder }),
  });
  return ok({ url: venue.url, close: () => venue.close() });
}

/** True when a venue answers at `url`. */
async function isVenue(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/_venue/state`, { signal: AbortSignal.timeout(PROBE_WITHIN_MS) });
    return answer.ok;
  } catch {
    return false; // nothing listens there, or nothing that knows the path
  }
}
