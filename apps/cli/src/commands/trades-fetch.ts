import { err, ok, timeText } from '@wickworks/core';
import { tradeHistoryStore, type MarketKey } from '@wickworks/db';
import type { TradeProgress } from '@wickworks/exchange';
import { withDatabase, type RegisterCommand } from '../context.js';
import { failed } from '../failure.js';
import { openExchange, parseVenueUrl } from '../fetch/open-exchange.js';
import { parseTime, withMarket } from '../options.js';
import { countText, marketText } from '../text.js';

interface FetchOptions extends MarketKey {
  readonly from: number;
  readonly to?: number;
  readonly venue?: string;
}

/** `wick trades fetch …`: trades from the exchange into the store; asked again, it goes on where it was. */
export const tradesFetch: RegisterCommand = (parent, world, done) => {
  withMarket(parent.command('fetch'))
    .description('fetch what is missing of the trades of a time; run again to go on')
    .requiredOption('--from <time>', 'from when on (ms, date or time, UTC)', parseTime)
    .option('--to <time>', 'where to stop; default: now', parseTime)
    .option('--venue <url>', 'base URL of the venue behind the exchange "local"', parseVenueUrl)
    .action((options: FetchOptions) =>
      done(
        withDatabase(world, async (database, config) => {
          const { exchange, symbol, from: fromMs, to: toMs = null } = options;
          const key = { exchange, symbol };
          const opened = await openExchange(world, config, options);
          if (!opened.ok) return opened;
          try {
            const { signal } = world;
            const { fetchTradeHistory } = await import('@wickworks/exchange');
            const onProgress = (progress: TradeProgress) => world.progress(progressText(key, progress));
            const fetched = await fetchTradeHistory(
              { store: tradeHistoryStore(database.trades), exchange: opened.value.connection },
              { key, fromMs, toMs, signal, onProgress },
            );
            if (!fetched.ok) {
              const { message, kind: code, retryable } = fetched.error;
              return err(failed(message, { code, retryable }));
            }
            const { added, toMs: endMs, beginsMs } = fetched.value;
            const begins = beginsMs === null ? '' : `; ${exchange} has none from before ${timeText(beginsMs)}`;
            return ok({
              json: { ...key, fromMs, ...fetched.value },
              text: `${marketText(key)}: ${countText(added, 'trade')} added up to ${timeText(endMs)}${begins}`,
            });
          } finally {
            await opened.value.close();
          }
        }),
      ),
    );
};

function progressText(key: MarketKey, { ratio, added, waiting }: TradeProgress): string {
  const done = `${marketText(key)}: ${Math.floor(ratio * 100)} %, ${countText(added, 'trade')}`;
  if (waiting === null) return done;
  return `${done}; ${waiting.failure.message}: trying again in ${Math.ceil(waiting.pauseMs / 1_000)} s`;
}
