import { err, ok, seriesId, shiftOpenTime, toRows, type SeriesKey } from '@wickworks/core';
import { withDatabase, type CommandResult, type RegisterCommand, type World } from '../context.js';
import { CSV_HEADER, type CandleStore } from '@wickworks/db';
import { candleLines } from '../csv/write-candles.js';
import { writeExport } from '../csv/write-file.js';
import { failed } from '../failure.js';
import { parseTime, withSeries } from '../options.js';

interface ExportOptions extends SeriesKey {
  readonly from?: number;
  readonly to?: number;
  readonly out?: string;
  readonly json?: boolean;
}

const CANDLES_PER_READ = 50_000;

/** `wick data export …`: CSV that reads back as the same numbers. */
export const dataExport: RegisterCommand = (parent, world, done) => {
  withSeries(parent.command('export'))
    .description('write stored candles as CSV')
    .option('--from <time>', 'first open time wanted (ms, date or time, UTC)', parseTime)
    .option('--to <time>', 'open time to stop before', parseTime)
    .option('--out <file>', 'file to write, compressed when it ends in .gz; default: standard output')
    .action((options: ExportOptions) => done(exportCandles(world, options)));
};

function exportCandles(world: World, options: ExportOptions) {
  const { out, json } = options;
  return withDatabase(world, async ({ candles }): Promise<CommandResult> => {
    const { exchange, symbol, timeframe } = options;
    const key = { exchange, symbol, timeframe };
    const summary = await candles.summary(key);
    if (summary === null) return err(failed(`${seriesId(key)} is not stored`));
    if (summary.fault !== null) return err(failed(`${seriesId(key)} cannot be read: ${summary.fault}`));
    const fromMs = Math.max(options.from ?? -Infinity, summary.fromMs);
    const toMs = Math.min(options.to ?? Infinity, summary.toMs + 1);
    const count = { written: 0 };
    if (out === undefined && json === true) {
      const rows = toRows(await candles.read(key, fromMs, toMs));
      return ok({ json: { ...key, candles: rows }, text: '' });
    }
    const lines = csvOf(candles, { key, fromMs, toMs, count });
    return writeExport(world, { out, lines, of: key, count, noun: 'candle' });
  });
}

async function* csvOf(
  store: CandleStore,
  { key, fromMs, toMs, count }: { key: SeriesKey; fromMs: number; toMs: number; count: { written: number } },
): AsyncGenerator<string> {
  yield `${CSV_HEADER}\n`;
  for (let at = fromMs; at < toMs;) {
    const next = Math.min(shiftOpenTime(key.timeframe, at, CANDLES_PER_READ), toMs);
    const candles = await store.read(key, at, next);
    count.written += candles.length;
    yield candleLines(candles);
    at = next;
  }
}
