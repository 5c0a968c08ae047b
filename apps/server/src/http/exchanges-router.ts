import { API } from '@wickworks/contracts';
import { listExchanges, listMarkets, type ReadReplay } from '../app/exchanges.js';
import type { Feed } from '../feed/feed.js';
import type { ApiRouter } from './api-router.js';
import { pageOf } from './paging.js';
import { granted } from './problems.js';

/** Exchanges and their markets. */
export function exchangeRoutes(api: ApiRouter, feed: Feed, readReplay: ReadReplay): void {
  api.route(API.exchanges.getExchanges, async ({ query }) =>
    pageOf(await listExchanges(feed, readReplay), query, (item) => item.id),
  );
  api.route(API.exchanges.getMarkets, async ({ params, query: { q, ...paging } }) => {
    const items = granted(await listMarkets(feed, { exchange: params.id, search: q }));
    return pageOf(items, paging, (item) => item.symbol);
  });
}
