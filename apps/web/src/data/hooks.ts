/** Everything that pages and features read the outside world with; what it promises is in `hooks-api.ts`. */
export { useLastPrice } from './last-price.js';
export { useAgeMs, useSeries, useServerLink, useTicker, useTickers } from './live-hooks.js';
export { useConnection, useExchanges, useMarkets } from './rest-hooks.js';
export { useMarket } from './use-market.js';
