import { InvalidArgumentError } from 'commander';
import type { Config } from '@wickworks/config';
import { err, ok, seriesId, type Result, type SeriesKey } from '@wickworks/core';
import type { ExchangeConnection, HistoryProgress } from '@wickworks/exchange';
import { withDatabase, type RegisterCommand, type World } from '../context.js';
import { failed, type CommandFailure } from '../failure.js';
import { findVenue } from '../fetch/find-venue.js';
import { parseTime, withSeries } from '../options.js';
import { countText, timeText } from '../text.js';

interface FetchOptions extends SeriesKey {
  readonly from: number;
  readonly to?: number;
  readonly venue?: string;
}

function parseUrl(text: string): string {
  if (/^https?:\/\/[^/]/.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  throw new InvalidArgumentError('Accepted: a base URL, such as http://127.0.0.1:8090.');
}

/** `wick data fetch …`: history from the exchange into the store; asked again, it goes on where it was. */
export const dataFetch: RegisterCommand = (parent, world, done) => {
  withSeries(parent.command('fetch'))
    .description('fetch what is missing of a range from the exchange; run again to go on')
    .requiredOption('--from <time>', 'first open time wanted (ms, date or time, UTC)', parseTime)
    .option('--to <time>', 'open time to stop before; default: the newest closed candle', parseTime)
    .option('--venue <url>', 'base URL of the venue behind the exchange "local"', parseUrl)
    .action((options: FetchOptions) =>
      done(
        withDatabase(world, async (database, config) => {
          const { exchange, symbol, timeframe, from: fromMs, to: toMs = null } = options;
          const key = { exchange, symbol, timeframe };
          const opened = await openExchange(world, config, options);
          if (!opened.ok) return opened;
          try {
            const { nowMs, signal } = world;
            const { fetchHistory } = await import('@wickworks/exchange');
            const onProgress = (progress: HistoryProgress) => world.progress(progressText(key, progress));
            const fetched = await fetchHistory(
              { store: database.candles, exchange: opened.value.connection },
              { key, fromMs, toMs, nowMs, signal, onProgress },
            );
            if (!fetched.ok) {
              const { message, kind: code, retryable } = fetched.error;
              return err(failed(message, { code, retryable }));
            }
            const { added, corrected, absent, toMs: endMs } = fetched.value;
            return ok({
              json: { ...key, fromMs, ...fetched.value },
              text:
                `${seriesId(key)}: ${countText(added, 'candle')} added up to ${timeText(endMs)}, ` +
                `${corrected} corrected, ${absent} absent at the exchange`,
            });
          } finally {
            await opened.value.close();
          }
        }),
      ),
    );
};

function progressText(key: SeriesKey, { ratio, added, wanted, waiting }: HistoryProgress): string {
  const done = `${seriesId(key)}: ${Math.floor(ratio * 100)} %, ${added} of ${wanted} missing candles`;
  if (waiting === null) return done;
  return `${done}; ${waiting.failure.message}: trying again in ${Math.ceil(waiting.pauseMs / 1_000)} s`;
}

async function openExchange(
  world: World,
  config: Config,
  { exchange: id, venue: named }: FetchOptions,
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
