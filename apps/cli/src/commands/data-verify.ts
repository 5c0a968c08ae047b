import { ok, seriesId, type SeriesKey } from '@wickworks/core';
import { withDatabase, type RegisterCommand } from '../context.js';
import { matchesSeries, withSeriesFilter } from '../options.js';
import { countText } from '../text.js';

/** `wick data verify`: reads everything back and checks it. */
export const dataVerify: RegisterCommand = (parent, world, done) => {
  withSeriesFilter(parent.command('verify'))
    .description('decode every stored candle and compare with the hashes; exit 1 when something is wrong')
    .action((filter: Partial<SeriesKey>) =>
      done(
        withDatabase(world, async (database) => {
          const fileFaults = (await database.status()).faults ?? [];
          const items = [];
          for (const series of await database.candles.list()) {
            if (!matchesSeries(series, filter)) continue;
            const { exchange, symbol, timeframe, candles, contentHash } = series;
            const faults = await database.candles.verify(series);
            items.push({ exchange, symbol, timeframe, candles, contentHash, faults });
          }
          const lines = items.map(
            (item) =>
              `${seriesId(item)}: ${item.faults.length === 0 ? `sound, ${countText(item.candles, 'candle')}` : item.faults.join('; ')}`,
          );
          const sound = fileFaults.length === 0 && items.every((item) => item.faults.length === 0);
          return ok({
            json: { sound, fileFaults, items },
            text: [...fileFaults.map((fault) => `database file: ${fault}`), ...lines].join('\n') || 'nothing is stored',
            sound,
          });
        }),
      ),
    );
};
