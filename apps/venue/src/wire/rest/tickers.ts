import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE } from '@wickworks/core';
import { stepAt } from '../../book/order-book.js';
import { shiftedOpenTime } from '../../replay/market.js';
import { invalidData, missingParameter } from '../errors.js';
import type { ListedMarket, VenueContext } from '../markets.js';
import type { Parameters } from '../parameters.js';
import { priceText } from '../text.js';
import { bookTopText, dayStatistics, miniStatistics, windowStatistics, type WindowStatistics } from '../ticker.js';
import type { Route } from './route.js';

/** One object for `symbol`, a list otherwise, as all of Binance's tickers answer. */
function forChosen(
  parameters: Parameters,
  context: VenueContext,
  describe: (listed: ListedMarket, nowMs: number) => object,
): unknown {
  const { chosen, kind } = parameters.chosenMarkets(context.markets);
  const nowMs = context.clock.nowMs();
  const rows = chosen.map((listed) => ({ symbol: listed.id, ...describe(listed, nowMs) }));
  return kind === 'one' ? rows[0] : rows;
}

function isMini(parameters: Parameters): boolean {
  const type = parameters.text('type') ?? 'FULL';
  if (type !== 'FULL' && type !== 'MINI') throw invalidData('type');
  return type === 'MINI';
}

function day(parameters: Parameters, context: VenueContext): unknown {
  const mini = isMini(parameters);
  return forChosen(parameters, context, (listed, nowMs) =>
    mini ? miniStatistics(windowStatistics(listed, nowMs - MS_PER_DAY, nowMs)) : dayStatistics(listed, nowMs),
  );
}

/** `1m`…`59m`, `1h`…`23h`, `1d`…`7d` as ms. */
function windowSizeMs(parameters: Parameters): number {
  const text = parameters.text('windowSize') ?? '1d';
  const parts = /^([1-9]\d?)([mhd])$/.exec(text);
  const count = Number(parts?.[1] ?? 0);
  const unit = parts?.[2];
  if (unit === 'm' && count <= 59) return count * MS_PER_MINUTE;
  if (unit === 'h' && count <= 23) return count * MS_PER_HOUR;
  if (unit === 'd' && count <= 7) return count * MS_PER_DAY;
  throw invalidData('windowSize');
}

function rolling(parameters: Parameters, context: VenueContext): unknown {
  const sizeMs = windowSizeMs(parameters);
  return windows(parameters, context, (nowMs) => nowMs - sizeMs);
}

function tradingDay(parameters: Parameters, context: VenueContext): unknown {
  const shiftMs = parameters.timeZoneMs();
  return windows(parameters, context, (nowMs) => shiftedOpenTime('1d', nowMs, shiftMs));
}

function windows(parameters: Parameters, context: VenueContext, openMs: (nowMs: number) => number): unknown {
  const mini = isMini(parameters);
  if (parameters.text('symbol') === undefined && parameters.text('symbols') === undefined) {
    throw missingParameter('symbol');
  }
  return forChosen(parameters, context, (listed, nowMs): WindowStatistics | object => {
    const window = windowStatistics(listed, openMs(nowMs), nowMs);
    return mini ? miniStatistics(window) : window;
  });
}

const chosenCount = (raw: ReadonlyMap<string, string>): number => (raw.get('symbols') ?? '').split(',').length;

function dayWeight(raw: ReadonlyMap<string, string>): number {
  if (raw.has('symbol')) return 2;
  if (!raw.has('symbols')) return 80;
  const count = chosenCount(raw);
  if (count <= 20) return 2;
  return count <= 100 ? 40 : 80;
}

const priceWeight = (raw: ReadonlyMap<string, string>): number => (raw.has('symbol') ? 2 : 4);
const windowWeight = (raw: ReadonlyMap<string, string>): number => Math.min(200, 4 * chosenCount(raw));

export const tickerRoutes: readonly Route[] = [
  { path: 'ticker/24hr', method: 'ticker.24hr', weight: dayWeight, answer: day },
  { path: 'ticker/tradingDay', method: 'ticker.tradingDay', weight: windowWeight, answer: tradingDay },
  { path: 'ticker', method: 'ticker', weight: windowWeight, answer: rolling },
  {
    path: 'ticker/price',
    method: 'ticker.price',
    weight: priceWeight,
    answer: (parameters, context) =>
      forChosen(parameters, context, (listed, nowMs) => ({
        price: priceText(listed, listed.market().lastPrice(nowMs) ?? 0),
      })),
  },
  {
    path: 'ticker/bookTicker',
    method: 'ticker.book',
    weight: priceWeight,
    answer: (parameters, context) =>
      forChosen(parameters, context, (listed, nowMs) => bookTopText(listed, listed.book().topAt(stepAt(nowMs)))),
  },
];
