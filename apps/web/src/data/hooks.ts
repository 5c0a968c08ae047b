/** Everything that pages and features read the outside world with; what it promises is in `hooks-api.ts`. */
export { useLastPrice } from './last-price.js';
export { useAgeMs, useSeries, useServerLink, useTicker, useTickers } from './live-hooks.js';
export {
  useBackfill,
  useCancelJob,
  useConnection,
  useDatasets,
  useDeleteDataset,
  useExchanges,
  useHealth,
  useJobs,
  useMarkets,
} from './rest-hooks.js';
export { useMarket } from './use-market.js';
export { useMetricsText } from './use-metrics-text.js';
