import { err, ok, seriesId, type SeriesKey, timeText } from '@wickworks/core';
import type { HistoryProgress } from '@wickworks/exchange';
import { withDatabase, type RegisterCommand } from '../context.js';
import { failed } from '../failure.js';
import { openExchange, parseVenueUrl } from '../fetch/open-exchange.js';
import { parseTime, withSeries } from '../options.js';
import { countText } from '../text.js';

interface FetchOptions extends SeriesKey {
  readonly from: number;
  readonly to?: number;
  readonly venue?: string;
}

/** `wick data fetch …`: history from the exchange into the store; asked again, it goes on where it was. */
export const dataFetch: RegisterCommand = (parent, world, done) => {
  withSeries(parent.command('fetch'))
    .description('fetch what is missing of a range from the exchange; run again to go on')
    .requiredOption('--from <time>', 'first open time wanted (ms, date or time, UTC)', parseTime)
    .option('--to <time>', 'open time to stop before; default: the newest closed candle', parseTime)
    .option('--venue <url>', 'base URL of the venue behind the exchange "local"', parseVenueUrl)
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
