import { candleRoutes } from './candles.js';
import { generalRoutes } from './general.js';
import type { Route } from './route.js';

/** Every public method of the venue. */
export const ROUTES: readonly Route[] = [...generalRoutes, ...candleRoutes];
