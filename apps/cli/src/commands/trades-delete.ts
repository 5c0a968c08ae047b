import { err, ok } from '@wickworks/core';
import type { MarketKey } from '@wickworks/db';
import { withDatabase, type RegisterCommand } from '../context.js';
import { failed, wrongUsage } from '../failure.js';
import { withMarket } from '../options.js';
import { countText, marketText } from '../text.js';

/** `wick trades delete … --yes`: forgets the trades of a market for good. */
export const tradesDelete: RegisterCommand = (parent, world, done) => {
  withMarket(parent.command('delete'))
    .description('delete the stored trades of a market')
    .option('--yes', 'really do it')
    .action(({ exchange, symbol, yes }: MarketKey & { yes?: boolean }) => {
      const key = { exchange, symbol };
      if (yes !== true)
        return done(Promise.resolve(err(wrongUsage(`deleting the trades of ${marketText(key)} needs --yes`))));
      return done(
        withDatabase(world, async ({ trades }) => {
          const summary = await trades.summary(key);
          if (summary === null) return err(failed(`${marketText(key)}: no trades are stored`));
          await trades.delete(key);
          return ok({
            json: { ...key, deleted: summary.trades },
            text: `${marketText(key)}: ${countText(summary.trades, 'trade')} deleted`,
          });
        }),
      );
    });
};
