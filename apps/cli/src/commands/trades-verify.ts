import { ok } from '@wickworks/core';
import type { MarketKey } from '@wickworks/db';
import { withDatabase, type RegisterCommand } from '../context.js';
import { matchesMarket, withMarketFilter } from '../options.js';
import { countText, marketText } from '../text.js';

/** `wick trades verify`: reads everything back and checks it. */
export const tradesVerify: RegisterCommand = (parent, world, done) => {
  withMarketFilter(parent.command('verify'))
    .description('decode all stored trades and compare with the hashes; exit 1 when something is wrong')
    .action((filter: Partial<MarketKey>) =>
      done(
        withDatabase(world, async ({ trades: store }) => {
          const items = [];
          for (const { exchange, symbol, trades, contentHash } of await store.list())
            if (matchesMarket({ exchange, symbol }, filter))
              items.push({ exchange, symbol, trades, contentHash, faults: await store.verify({ exchange, symbol }) });
          const lines = items.map(
            (item) =>
              `${marketText(item)}: ${item.faults.length === 0 ? `sound, ${countText(item.trades, 'trade')}` : item.faults.join('; ')}`,
          );
          const sound = items.every(({ faults }) => faults.length === 0);
          return ok({ json: { sound, items }, text: lines.join('\n') || 'no trades are stored', sound });
        }),
      ),
    );
};
