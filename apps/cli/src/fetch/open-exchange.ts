import { InvalidArgumentError } from 'commander';
import type { Config } from '@wickworks/config';
import { err, ok, type Result } from '@wickworks/core';
import type { ExchangeConnection } from '@wickworks/exchange';
import type { World } from '../context.js';
import { failed, type CommandFailure } from '../failure.js';
import { findVenue } from './find-venue.js';

/** For commander: the base URL of a venue. */
export function parseVenueUrl(text: string): string {
  if (/^https?:\/\/[^/]/.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  throw new InvalidArgumentError('Accepted: a base URL, such as http://127.0.0.1:8090.');
}

/** A connection to the exchange, and how to let go of it; `venue` names the venue behind `local`. */
export async function openExchange(
  world: World,
  config: Config,
  { exchange: id, venue: named }: { readonly exchange: string; readonly venue?: string },
): Promise<Result<{ connection: ExchangeConnection; close(): Promise<void> }, CommandFailure>> {
  if (id !== 'local' && named !== undefined) return err(failed('--venue belongs to the exchange "local" alone'));
  const { connectExchange } = await import('@wickworks/exchange');
  const options = world.bundle === undefined ? {} : { workerUrl: world.bundle.exchangeWorkerUrl };
  if (id !== 'local') {
    const connection = connectExchange({ id }, options);
    return ok({ connection, close: () => connection.close() });
  }
  const venue = await findVenue(world, config, named);
  if (!venue.ok) return venue;
  const connection = connectExchange({ id, venueUrl: venue.value.url }, options);
  return ok({
    connection,
    close: async () => {
      await connection.close();
      await venue.value.close();
    },
  });
}
