import { ok, seriesId, type SeriesKey, timeText } from '@wickworks/core';
import type { Correction } from '@wickworks/db';
import { withDatabase, type RegisterCommand } from '../context.js';
import { parseNumber, withSeries } from '../options.js';
import { countText, table } from '../text.js';

const LIMIT = 100;
const parseLimit = parseNumber({ what: 'a number of corrections', min: 1, max: 100_000, whole: true });
const FIELDS = ['open', 'high', 'low', 'close', 'volume'] as const;

/** `wick data corrections …`: what was stored before a closed candle came with other values. */
export const dataCorrections: RegisterCommand = (parent, world, done) => {
  withSeries(parent.command('corrections'))
    .description('list the closed candles that came again with other values, newest first: what was, what holds now')
    .option('--limit <count>', `how many; default ${LIMIT}`, parseLimit, LIMIT)
    .action((options: SeriesKey & { limit: number }) =>
      done(
        withDatabase(world, async ({ candles }) => {
          const { exchange, symbol, timeframe, limit } = options;
          const series = { exchange, symbol, timeframe };
          const items = await candles.corrections(series, limit);
          const rows = items.map((item) => [
            timeText(item.openTimeMs),
            timeText(item.seenAtMs),
            item.origin,
            changesOf(item),
          ]);
          const total = `${seriesId(series)}: ${countText(items.length, 'correction')}`;
          const text = rows.length === 0 ? total : `${total}\n${table(['candle', 'seen', 'by', 'change'], rows)}`;
          return ok({ json: { ...series, items }, text });
        }),
      ),
    );
};

/** `high 2 -> 2.5, volume 3 -> 4`. */
const changesOf = ({ previous, candle }: Correction): string =>
  FIELDS.flatMap((name, index) => {
    const before = previous[index + 1];
    const after = candle[index + 1];
    return Object.is(before, after) ? [] : [`${name} ${String(before)} -> ${String(after)}`];
  }).join(', ');
