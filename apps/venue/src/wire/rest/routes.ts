import { candleRoutes } from './candles.js';
import { generalRoutes } from './general.js';
import { marketDataRoutes } from './market-data.js';
import type { Route } from './route.js';
import { tickerRoutes } from './tickers.js';

/** Every public method of the venue. */
export const ROUTES: readonly Route[] = [...generalRoutes, ...candleRoutes, ...marketDataRoutes, ...tickerRoutes];
