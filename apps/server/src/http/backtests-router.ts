import { API } from '@wickworks/contracts';
import type { Backtests } from '../app/backtests.js';
import { thinned } from '../wire/thinned-curve.js';
import type { ApiRouter } from './api-router.js';
import { pageOf } from './paging.js';
import { granted } from './problems.js';

const routes = API.backtests;

/** Backtests: started as jobs, read in parts or whole. */
export function backtestRoutes(api: ApiRouter, backtests: Backtests): void {
  const resultOf = async (id: string, ownerId: string) => granted(await backtests.result({ id, ownerId }));
  api.route(routes.getBacktests, async ({ principal, query }) =>
    pageOf(await backtests.list(principal.userId), query, ({ id }) => id),
  );
  api.route(routes.startBacktest, async ({ principal, body, http }) => {
    const job = granted(await backtests.start(principal.userId, body));
    http.location(`/api/v1/backtests/${job.id}`);
    return { job };
  });
  api.route(routes.getBacktest, async ({ principal, params }) =>
    granted(await backtests.find({ id: params.id, ownerId: principal.userId })),
  );
  api.route(routes.getTrades, async ({ principal, params, query }) => {
    const { trades } = await resultOf(params.id, principal.userId);
    return pageOf(trades, query, ({ index }) => String(index));
  });
  api.route(routes.getOrders, async ({ principal, params, query }) => {
    const { orders } = await resultOf(params.id, principal.userId);
    // Orders that were refused have no number of their own.
    const keyed = orders.map((order, index) => ({ order, key: String(index) }));
    const { items, nextCursor } = pageOf(keyed, query, ({ key }) => key);
    return { items: items.map(({ order }) => order), nextCursor };
  });
  api.route(routes.getEquity, async ({ principal, params, query }) => {
    const { equity } = await resultOf(params.id, principal.userId);
    return pageOf(thinned(equity, query.points), query, ([timeMs]) => String(timeMs));
  });
  api.route(routes.getResult, ({ principal, params }) => resultOf(params.id, principal.userId));
  api.route(routes.deleteBacktest, async ({ principal, params }) => {
    granted(await backtests.delete({ id: params.id, ownerId: principal.userId }));
  });
}
