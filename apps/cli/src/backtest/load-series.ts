import {
  closeTimeOf,
  err,
  ok,
  tiles,
  timeSpanOf,
  type CandleColumns,
  type Result,
  type Timeframe,
} from '@wickworks/core';
import { HigherCandles, type SharedRunMarket } from '@wickworks/engine';
import type { World } from '../context.js';
import { failed, type CommandFailure } from '../failure.js';
import { loadCandles } from './load-candles.js';

/** The candles of one market on every timeframe that it is traded on. */
export interface SeriesWish {
  readonly exchange: string;
  readonly symbol: string;
  /** Of the shortest of the timeframes: the longer ones are made of it. Left out: all come from the store. */
  readonly file: string | undefined;
  readonly detailFile: string | undefined;
  readonly timeframes: readonly Timeframe[];
  readonly detailTimeframe: Timeframe | null;
  /** Open times of the candles of a timeframe, `[fromMs, toMs)`. */
  rangeOf(timeframe: Timeframe): { readonly fromMs: number; readonly toMs: number };
}

/** The series wished for, none of them empty. */
export async function loadSeries(
  world: World,
  wish: SeriesWish,
): Promise<Result<SharedRunMarket['series'], CommandFailure>> {
  const shortest = shortestOf(wish.timeframes);
  const series: SharedRunMarket['series'][number][] = [];
  // The shortest first: the others may be made of it.
  for (const timeframe of [shortest, ...wish.timeframes.filter((other) => other !== shortest)]) {
    const base = wish.file === undefined ? undefined : series[0]?.candles;
    const made = base ? longer(wish, { base, shortest, timeframe }) : await load(world, wish, timeframe);
    if (!made.ok) return made;
    const candles = made.value;
    const detail = await detailOf(world, wish, timeframe, candles);
    if (!detail.ok) return detail;
    series.push({ timeframe, candles, ...(detail.value && { detail: detail.value }) });
  }
  return ok(series);
}

/** The timeframe with the shortest candles. */
const shortestOf = (timeframes: readonly Timeframe[]): Timeframe =>
  timeframes.reduce((least, timeframe) => (closeTimeOf(timeframe, 0) < closeTimeOf(least, 0) ? timeframe : least));

const load = (world: World, wish: SeriesWish, timeframe: Timeframe): Promise<Result<CandleColumns, CommandFailure>> => {
  const { exchange, symbol, file } = wish;
  return loadCandles(world, { file, key: { exchange, symbol, timeframe }, ...wish.rangeOf(timeframe) });
};

/** Whole candles of `timeframe` made of shorter ones. */
function longer(
  { file = '', symbol }: SeriesWish,
  { base, shortest, timeframe }: { base: CandleColumns; shortest: Timeframe; timeframe: Timeframe },
): Result<CandleColumns, CommandFailure> {
  if (!tiles(shortest, timeframe))
    return err(failed(`${file}: candles of ${timeframe} for ${symbol} cannot be made of those of ${shortest}`));
  const higher = new HigherCandles(base, shortest, timeframe);
  higher.append();
  if (higher.candles.length > 0) return ok(higher.candles);
  return err(failed(`${file}: candles of ${shortest} for ${symbol} make no whole one of ${timeframe}`));
}

/** Finer candles of what lies inside `candles`: the rest decides nothing and would only change the data's hash. */
async function detailOf(
  world: World,
  { exchange, symbol, detailFile, detailTimeframe }: SeriesWish,
  timeframe: Timeframe,
  candles: CandleColumns,
): Promise<Result<CandleColumns | null, CommandFailure>> {
  if (detailTimeframe === null || detailTimeframe === timeframe) return ok(null);
  const key = { exchange, symbol, timeframe: detailTimeframe };
  return loadCandles(world, { file: detailFile, key, ...timeSpanOf(candles, timeframe) });
}
