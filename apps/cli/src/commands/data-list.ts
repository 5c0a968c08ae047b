import { ok, timeText } from '@wickworks/core';
import { withDatabase, type RegisterCommand } from '../context.js';
import { matchesSeries, withSeriesFilter } from '../options.js';
import { table } from '../text.js';
import type { SeriesKey } from '@wickworks/core';

/** `wick data list`: what is stored. */
export const dataList: RegisterCommand = (parent, world, done) => {
  withSeriesFilter(parent.command('list'))
    .description('list the stored candle series with range, gaps and content hash')
    .action((filter: Partial<SeriesKey>) =>
      done(
        withDatabase(world, async ({ candles }) => {
          const items = (await candles.list()).filter((series) => matchesSeries(series, filter));
          const rows = items.map((series) => [
            series.exchange,
            series.symbol,
            series.timeframe,
            String(series.candles),
            timeText(series.fromMs),
            timeText(series.toMs),
            String(series.gaps.length),
            String(series.corrections),
            series.fault === null ? series.contentHash.slice(0, 12) : `damaged: ${series.fault}`,
          ]);
          const header = ['exchange', 'symbol', 'timeframe', 'candles', 'first', 'last', 'gaps', 'corrections', 'hash'];
          return ok({ json: { items }, text: rows.length === 0 ? 'nothing is stored' : table(header, rows) });
        }),
      ),
    );
};
