import { err, ok, seriesId, type SeriesKey } from '@wickworks/core';
import { withDatabase, type RegisterCommand } from '../context.js';
import { failed, wrongUsage } from '../failure.js';
import { withSeries } from '../options.js';
import { countText } from '../text.js';

/** `wick data delete … --yes`: forgets a series for good. */
export const dataDelete: RegisterCommand = (parent, world, done) => {
  withSeries(parent.command('delete'))
    .description('delete a stored series with its corrections and gaps')
    .option('--yes', 'really do it')
    .action(({ exchange, symbol, timeframe, yes }: SeriesKey & { yes?: boolean }) => {
      const key = { exchange, symbol, timeframe };
      if (yes !== true) return done(Promise.resolve(err(wrongUsage(`deleting ${seriesId(key)} needs --yes`))));
      return done(
        withDatabase(world, async ({ candles }) => {
          const summary = await candles.summary(key);
          if (summary === null) return err(failed(`${seriesId(key)} is not stored`));
          await candles.delete(key);
          return ok({
            json: { ...key, deleted: summary.candles },
            text: `${seriesId(key)}: ${countText(summary.candles, 'candle')} deleted`,
          });
        }),
      );
    });
};
