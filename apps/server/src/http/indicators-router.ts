import { API } from '@wickworks/contracts';
import { calculateIndicator, listIndicators } from '../app/indicators.js';
import type { Feed } from '../feed/feed.js';
import type { ApiRouter } from './api-router.js';
import { pageOf } from './paging.js';
import { granted } from './problems.js';

/** Indicators and their values. */
export function indicatorRoutes(api: ApiRouter, feed: Feed): void {
  api.route(API.indicators.getIndicators, async ({ query }) => pageOf(await listIndicators(), query, ({ id }) => id));
  api.route(API.indicators.calculateIndicator, async ({ body }) => granted(await calculateIndicator(feed, body)));
}
