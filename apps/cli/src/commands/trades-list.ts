import { ok, timeText } from '@wickworks/core';
import type { MarketKey } from '@wickworks/db';
import { withDatabase, type RegisterCommand } from '../context.js';
import { matchesMarket, withMarketFilter } from '../options.js';
import { table } from '../text.js';

const HEADER = ['exchange', 'symbol', 'trades', 'complete from', 'to', 'ranges', 'hash'];

/** `wick trades list`: the markets whose trades are stored. */
export const tradesList: RegisterCommand = (parent, world, done) => {
  withMarketFilter(parent.command('list'))
    .description('list the stored trades by market, with the times they are complete for and content hash')
    .action((filter: Partial<MarketKey>) =>
      done(
        withDatabase(world, async ({ trades }) => {
          const items = (await trades.list()).filter((market) => matchesMarket(market, filter));
          const rows = items.map(({ exchange, symbol, trades: count, covered, contentHash }) => [
            ...[exchange, symbol, String(count)],
            ...[covered[0]?.[0], covered.at(-1)?.[1]].map((timeMs) => (timeMs === undefined ? '' : timeText(timeMs))),
            ...[String(covered.length), contentHash.slice(0, 12)],
          ]);
          return ok({ json: { items }, text: rows.length === 0 ? 'no trades are stored' : table(HEADER, rows) });
        }),
      ),
    );
};
