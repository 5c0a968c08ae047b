import { ok, timeText } from '@wickworks/core';
import type { RegisterCommand } from '../context.js';
import { parseNumber } from '../options.js';
import { asked, withServer, type ServerOptions } from '../server-access.js';
import { onServer } from '../strategies/options.js';
import { behindServer, pick } from '../strategies/shelf.js';
import { table } from '../text.js';

const LIMIT_MAX = 1_000;
const limit = parseNumber({ what: 'signals', min: 1, max: LIMIT_MAX, whole: true });

/** `wick strategy signals STRATEGY`: what it said, newest first. */
export const strategySignals: RegisterCommand = (parent, world, done) => {
  onServer(parent.command('signals'))
    .description('list the signals of a strategy, newest first')
    .argument('<strategy>', 'its id or name')
    .option('--limit <count>', 'at most so many', limit, 50)
    .action((wanted: string, options: ServerOptions & { readonly limit: number }) =>
      done(
        withServer(world, options, async (wick) => {
          const found = await pick(behindServer(wick), wanted);
          if (!found.ok) return found;
          const page = await asked(wick.strategies.signals(found.value.id, { limit: options.limit }));
          if (!page.ok) return page;
          const { items } = page.value;
          const rows = items.map(({ openTimeMs, exchange, symbol, timeframe, action, price, reason }) => [
            ...[timeText(openTimeMs), exchange, symbol, timeframe, action, String(price), reason],
          ]);
          const header = ['candle', 'exchange', 'symbol', 'timeframe', 'signal', 'close', 'because'];
          return ok({ json: { items }, text: rows.length === 0 ? 'no signal yet' : table(header, rows) });
        }),
      ),
    );
};
