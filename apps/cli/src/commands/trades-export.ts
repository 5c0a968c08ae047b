import { err } from '@wickworks/core';
import { TRADE_CSV_HEADER, type MarketKey, type TradeStore } from '@wickworks/db';
import { withDatabase, type CommandResult, type RegisterCommand, type World } from '../context.js';
import { tradeLines } from '../csv/write-candles.js';
import { writeExport } from '../csv/write-file.js';
import { failed } from '../failure.js';
import { parseTime, withMarket } from '../options.js';
import { marketText } from '../text.js';

interface ExportOptions extends MarketKey {
  readonly from?: number;
  readonly to?: number;
  readonly out?: string;
}

/** `wick trades export …`: CSV that reads back as the same trades. */
export const tradesExport: RegisterCommand = (parent, world, done) => {
  withMarket(parent.command('export'))
    .description('write stored trades as CSV')
    .option('--from <time>', 'from when on (ms, date or time, UTC)', parseTime)
    .option('--to <time>', 'where to stop', parseTime)
    .option('--out <file>', 'file to write, compressed when it ends in .gz; default: standard output')
    .action((options: ExportOptions) => done(exportTrades(world, options)));
};

function exportTrades(world: World, { exchange, symbol, from, to, out }: ExportOptions) {
  return withDatabase(world, async ({ trades }): Promise<CommandResult> => {
    const key = { exchange, symbol };
    const summary = await trades.summary(key);
    if (summary === null) return err(failed(`${marketText(key)}: no trades are stored`));
    const count = { written: 0 };
    const fromMs = Math.max(from ?? -Infinity, summary.fromMs ?? 0);
    const toMs = Math.min(to ?? Infinity, (summary.toMs ?? -1) + 1);
    const lines = csvOf(trades, { key, fromMs, toMs, count });
    return writeExport(world, { out, lines, of: key, count, noun: 'trade' });
  });
}

/** Hour by hour, as they are stored; hours without any are passed over. */
async function* csvOf(
  store: TradeStore,
  { key, fromMs, toMs, count }: { key: MarketKey; fromMs: number; toMs: number; count: { written: number } },
): AsyncGenerator<string> {
  yield `${TRADE_CSV_HEADER}\n`;
  for (let at = fromMs; at < toMs;) {
    const part = await store.readSome(key, at, toMs, 1);
    count.written += part.trades.length;
    yield tradeLines(part.trades);
    at = part.toMs;
  }
}
