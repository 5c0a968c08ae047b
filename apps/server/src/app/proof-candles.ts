import type { ProofData, StrategyDocument } from '@wickworks/contracts';
import {
  err,
  ok,
  resample,
  seriesId,
  tiles,
  timeframeMs,
  timeSpanOf,
  type Result,
  type SeriesKey,
  type Timeframe,
} from '@wickworks/core';
import type { CandleStore, SeriesSummary } from '@wickworks/db';
import type { RunMarket } from '@wickworks/engine';
import { plain } from '../jobs/backtest-task.js';

/** Prices and quantities of a proof are not rounded: whether it looks ahead does not depend on them. */
const FREE_RULES = { tickSize: 1e-8, lotSize: 1e-8, minNotional: 0 };

export interface ProofCandles {
  readonly markets: RunMarket[];
  readonly data: ProofData;
}

/** What a proof needs: these markets (none: any), in candles of this width, as many as `candles` and at least `least`. */
export interface ProofWish {
  readonly symbols: readonly string[];
  readonly timeframe: Timeframe;
  readonly candles: number;
  readonly least: number;
}

/** The markets that a document of rules names: those it trades, and those whose indicators it borrows. */
export function symbolsOf({ trade = [], indicators }: Pick<StrategyDocument, 'trade' | 'indicators'>): string[] {
  const borrowed = Object.values(indicators).flatMap(({ symbol }) => (symbol === undefined ? [] : [symbol]));
  return [...new Set([...trade, ...borrowed])];
}

/**
 * The newest stored candles that fit, of the exchange that has most; narrower ones are joined when there are none of
 * the width itself. An error says what is missing.
 */
export async function findProofCandles(store: CandleStore, wish: ProofWish): Promise<Result<ProofCandles, string>> {
  const series = (await store.list()).filter(({ fault }) => fault === null);
  const exchanges = [...new Set(series.map(({ exchange }) => exchange))];
  const offers = exchanges.map((exchange) => offerOf(series, exchange, wish));
  const best = offers.reduce<Offer | null>((most, one) => (one.candles > (most?.candles ?? 0) ? one : most), null);
  const wanted = `at least ${String(wish.least)} candles of ${wish.timeframe} must be stored`;
  const named = wish.symbols.length === 0 ? '' : ` of ${wish.symbols.join(', ')}`;
  if (best === null) return err(`no candles${named} are stored that it could be proved over; ${wanted}`);
  const markets: RunMarket[] = [];
  for (const key of best.keys) {
    const candles = await readNewest(store, key, wish);
    if (candles.length < wish.least)
      return err(`${seriesId(key)} holds ${String(candles.length)} candles of ${wish.timeframe}; ${wanted}`);
    markets.push({ exchange: key.exchange, symbol: key.symbol, ...FREE_RULES, candles: plain(candles) });
  }
  const { candles } = markets[0]!;
  const data: ProofData = {
    exchange: markets[0]!.exchange,
    symbols: markets.map(({ symbol }) => symbol),
    timeframe: wish.timeframe,
    candles: candles.length,
    ...timeSpanOf(candles, wish.timeframe),
  };
  return ok({ markets, data });
}

/** What one exchange has to offer: a series for each market, and how many candles the shortest of them makes. */
interface Offer {
  readonly keys: readonly SeriesKey[];
  readonly candles: number;
}

function offerOf(all: readonly SeriesSummary[], exchange: string, { symbols, timeframe }: ProofWish): Offer {
  const usable = all.filter((one) => one.exchange === exchange && tiles(one.timeframe, timeframe));
  const countOf = (one: SeriesSummary): number =>
    Math.floor((one.candles * timeframeMs(one.timeframe)) / timeframeMs(timeframe));
  const longest = (list: readonly SeriesSummary[]): SeriesSummary | null =>
    list.reduce<SeriesSummary | null>((most, one) => {
      if (most === null || countOf(one) > countOf(most)) return one;
      // As many either way: candles that need no joining.
      return countOf(one) === countOf(most) && one.timeframe === timeframe ? one : most;
    }, null);
  const chosen =
    symbols.length === 0
      ? [longest(usable)]
      : symbols.map((symbol) => longest(usable.filter((one) => one.symbol === symbol)));
  const found = chosen.filter((one) => one !== null);
  if (found.length < chosen.length) return { keys: [], candles: 0 };
  return { keys: found, candles: Math.min(...found.map(countOf)) };
}

async function readNewest(store: CandleStore, key: SeriesKey, { timeframe, candles: wanted }: ProofWish) {
  const width = Math.ceil(timeframeMs(timeframe) / timeframeMs(key.timeframe));
  const { exchange, symbol } = key;
  const stored = await store.readBefore({ exchange, symbol, timeframe: key.timeframe }, Infinity, wanted * width);
  return key.timeframe === timeframe ? stored : resample(stored, timeframe);
}
