import { resolve } from 'node:path';
import {
  copyColumns,
  err,
  lowerBound,
  ok,
  seriesId,
  type CandleColumns,
  type Candles,
  type Result,
  type SeriesKey,
} from '@wickworks/core';
import { withDatabase, type World } from '../context.js';
import { readCandleFile } from '../csv/read-candles.js';
import { failed, type CommandFailure } from '../failure.js';

/** What stands in for the exchange of candles that come from a file. */
export const FILE_EXCHANGE = 'file';

/** Which candles: of a file when one is given, of the store otherwise; open times in `[fromMs, toMs)`. */
export interface CandleWish {
  readonly file: string | undefined;
  readonly key: SeriesKey;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The candles wished for, at least one. */
export async function loadCandles(world: World, wish: CandleWish): Promise<Result<Candles, CommandFailure>> {
  world.doing(`reading the candles of ${seriesId(wish.key)}`);
  const all = wish.file === undefined ? await fromStore(world, wish) : await fromFile(world, wish.file, wish.key);
  if (!all.ok) return all;
  const candles = all.value;
  const part = copyColumns(candles, lowerBound(candles, wish.fromMs), lowerBound(candles, wish.toMs));
  if (part.length > 0) return ok(part);
  return err(failed(`${wish.file ?? seriesId(wish.key)} holds no candle between --from and --to`));
}

async function fromFile(
  world: World,
  file: string,
  { timeframe }: SeriesKey,
): Promise<Result<Candles, CommandFailure>> {
  const read = await readCandleFile(world, file === '-' ? file : resolve(world.cwd, file), timeframe);
  if (read.ok) return read;
  const { line, reason } = read.error;
  return err(failed(`${line === null ? file : `${file} line ${line}`}: ${reason}`, { file, line, reason }));
}

const fromStore = (world: World, { key, fromMs, toMs }: CandleWish): Promise<Result<Candles, CommandFailure>> =>
  withDatabase(world, async ({ candles }) => {
    const summary = await candles.summary(key);
    if (summary === null) return err(failed(`${seriesId(key)} is not stored: see \`wick data fetch\``));
    if (summary.fault !== null) return err(failed(`${seriesId(key)} cannot be read: ${summary.fault}`));
    return ok(await candles.read(key, Math.max(fromMs, summary.fromMs), Math.min(toMs, summary.toMs + 1)));
  });

/** Most decimals a price of the candles has, up to 8: their tick is 10 to the minus that. */
export function priceDecimals(candles: CandleColumns): number {
  let decimals = 0;
  for (const column of [candles.open, candles.high, candles.low, candles.close])
    for (let i = 0; i < candles.length && decimals < 8; i++)
      while (decimals < 8 && Math.abs(Math.round(column[i]! * 10 ** decimals) / 10 ** decimals - column[i]!) > 0)
        decimals++;
  return decimals;
}
