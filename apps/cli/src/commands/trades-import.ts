import { err, ok, timeText } from '@wickworks/core';
import { importTrades, TRADE_CSV_HEADER, type MarketKey } from '@wickworks/db';
import { withDatabase, type RegisterCommand, type World } from '../context.js';
import { readTradeFile } from '../csv/read-candles.js';
import { failed, wrongUsage } from '../failure.js';
import { parseTime, withMarket } from '../options.js';
import { countText, marketText } from '../text.js';

interface ImportOptions extends MarketKey {
  readonly from?: number;
  readonly to?: number;
  readonly replace?: boolean;
}

/** `wick trades import FILE …`: all of a file of trades or nothing of it. */
export const tradesImport: RegisterCommand = (parent, world, done) => {
  withMarket(parent.command('import'))
    .description('store the trades of a CSV file, and that these are all of their time')
    .argument(
      '<file>',
      `gzip or plain CSV, ${TRADE_CSV_HEADER} (id may be left out), time in ms UTC; - reads standard input`,
    )
    .option('--from <time>', 'the file holds every trade from here on; default: its first trade', parseTime)
    .option('--to <time>', 'and up to here; default: its last trade', parseTime)
    .option('--replace', 'stored trades of that time that differ give way')
    .action((file: string, options: ImportOptions) => done(run(world, file, options)));
};

function run(world: World, file: string, { exchange, symbol, from, to, replace }: ImportOptions) {
  return withDatabase(world, async ({ trades: store }) => {
    const read = await readTradeFile(world, file);
    if (!read.ok) {
      const { line, reason } = read.error;
      const where = line === null ? file : `${file} line ${line}`;
      return err(failed(`${where}: ${reason}; nothing was imported`, { file, line, reason }));
    }
    const key = { exchange, symbol };
    const imported = await importTrades(store, key, read.value, { fromMs: from, toMs: to, replace });
    if (!imported.ok) {
      const fault = imported.error;
      if (fault.kind === 'outside') {
        const held = `${timeText(fault.firstMs)} to ${timeText(fault.lastMs)}`;
        return err(wrongUsage(`${file} holds trades from ${held}, more than --from and --to say`));
      }
      const { timeMs } = fault;
      const done = fault.isLate ? 'they came meanwhile, what lies before was imported' : 'nothing was imported';
      const reason = `other trades are stored from ${timeText(timeMs)} on; --replace puts these in their place, files that share a millisecond are joined first`;
      return err(failed(`${file}: ${reason}; ${done}`, { file, timeMs, reason }));
    }
    const { added, unchanged, replaced, fromMs, toMs } = imported.value;
    return ok({
      json: { ...key, ...imported.value, stored: await store.summary(key) },
      text: `${marketText(key)}: ${countText(added, 'trade')} added, ${unchanged.toLocaleString('en-US')} known already, ${replaced.toLocaleString('en-US')} replaced; complete from ${timeText(fromMs)} to ${timeText(toMs)}`,
    });
  });
}
