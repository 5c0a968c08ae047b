import { err, ok, seriesId, type SeriesKey } from '@wickworks/core';
import { withDatabase, type RegisterCommand } from '../context.js';
import { CSV_HEADER, importCandles } from '@wickworks/db';
import { readCandleFile } from '../csv/read-candles.js';
import { failed } from '../failure.js';
import { withSeries } from '../options.js';
import { countText } from '../text.js';

/** `wick data import FILE …`: all of a candle file or nothing of it. */
export const dataImport: RegisterCommand = (parent, world, done) => {
  withSeries(parent.command('import'))
    .description('store the candles of a CSV file')
    .argument('<file>', `gzip or plain CSV, ${CSV_HEADER}, time in ms UTC; - reads standard input`)
    .action((file: string, key: SeriesKey) =>
      done(
        withDatabase(world, async ({ candles }) => {
          const read = await readCandleFile(world, file, key.timeframe);
          if (!read.ok) {
            const { line, reason } = read.error;
            const where = line === null ? file : `${file} line ${line}`;
            return err(failed(`${where}: ${reason}; nothing was imported`, { file, line, reason }));
          }
          const { exchange, symbol, timeframe } = key;
          const series = { exchange, symbol, timeframe };
          const { added, unchanged, corrections } = await importCandles(candles, series, read.value, world.nowMs());
          const corrected = corrections.length;
          const summary = await candles.summary(series);
          return ok({
            json: { ...series, read: read.value.length, added, unchanged, corrected, stored: summary },
            text: `${seriesId(series)}: ${countText(added, 'candle')} added, ${unchanged.toLocaleString('en-US')} known already, ${corrected} corrected`,
          });
        }),
      ),
    );
};
