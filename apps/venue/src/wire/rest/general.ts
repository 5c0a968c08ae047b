import { toText } from '../../replay/decimal.js';
import { badCombination, invalidData } from '../errors.js';
import { isTrading, type ListedMarket, type VenueContext } from '../markets.js';
import type { Route } from './route.js';

/** Request weight a client may use per minute, Binance's own figure. */
export const WEIGHT_PER_MINUTE = 6_000;

const STATUSES: readonly string[] = ['TRADING', 'HALT', 'BREAK'];

export const rateLimits = (weightPerMinute: number): readonly object[] => [
  { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: weightPerMinute },
];

export const generalRoutes: readonly Route[] = [
  { path: 'ping', method: 'ping', weight: 1, answer: () => ({}) },
  { path: 'time', method: 'time', weight: 1, answer: (_, context) => ({ serverTime: context.publicNowMs() }) },
  {
    path: 'exchangeInfo',
    method: 'exchangeInfo',
    weight: 20,
    answer: (parameters, context) => {
      const { chosen, kind } = parameters.chosenMarkets(context.markets);
      const permissions = parameters.text('permissions');
      const showPermissionSets = parameters.text('showPermissionSets') !== 'false';
      const status = parameters.text('symbolStatus');
      if (status !== undefined && !STATUSES.includes(status)) throw invalidData('symbolStatus');
      if (kind !== 'all' && (permissions ?? status) !== undefined) throw badCombination();
      const isSpot = permissions === undefined || /\bSPOT\b/.test(permissions);
      return {
        timezone: 'UTC',
        serverTime: context.publicNowMs(),
        rateLimits: rateLimits(context.weightPerMinute),
        exchangeFilters: [],
        symbols: chosen
          .filter((listed) => isSpot && (status ?? statusOf(listed, context)) === statusOf(listed, context))
          .map((listed) => symbolInfo(listed, context, showPermissionSets)),
      };
    },
  },
];

const statusOf = (listed: ListedMarket, context: VenueContext): string =>
  isTrading(listed, context.repeats, context.clock.nowMs()) ? 'TRADING' : 'BREAK';

function symbolInfo(listed: ListedMarket, context: VenueContext, showPermissionSets: boolean): object {
  const { priceDecimals, quantityDecimals } = listed;
  const tick = toText(1, priceDecimals);
  const step = toText(1, quantityDecimals);
  const most = toText(9_000_000 * 10 ** Math.min(quantityDecimals, 8), quantityDecimals);
  return {
    symbol: listed.id,
    status: statusOf(listed, context),
    baseAsset: listed.base,
    baseAssetPrecision: 8,
    quoteAsset: listed.quote,
    quotePrecision: 8,
    quoteAssetPrecision: 8,
    baseCommissionPrecision: 8,
    quoteCommissionPrecision: 8,
    orderTypes: ['LIMIT', 'LIMIT_MAKER', 'MARKET', 'STOP_LOSS', 'STOP_LOSS_LIMIT', 'TAKE_PROFIT', 'TAKE_PROFIT_LIMIT'],
    icebergAllowed: false,
    ocoAllowed: false,
    quoteOrderQtyMarketAllowed: true,
    allowTrailingStop: false,
    cancelReplaceAllowed: false,
    isSpotTradingAllowed: true,
    isMarginTradingAllowed: false,
    filters: [
      { filterType: 'PRICE_FILTER', minPrice: tick, maxPrice: '1000000.00000000', tickSize: tick },
      { filterType: 'LOT_SIZE', minQty: step, maxQty: most, stepSize: step },
      { filterType: 'MARKET_LOT_SIZE', minQty: '0.00000000', maxQty: most, stepSize: '0.00000000' },
      {
        filterType: 'NOTIONAL',
        minNotional: '5.00000000',
        applyMinToMarket: true,
        maxNotional: '9000000.00000000',
        applyMaxToMarket: false,
        avgPriceMins: 5,
      },
    ],
    permissions: [],
    permissionSets: showPermissionSets ? [['SPOT']] : [],
    defaultSelfTradePreventionMode: 'NONE',
    allowedSelfTradePreventionModes: ['NONE'],
  };
}
