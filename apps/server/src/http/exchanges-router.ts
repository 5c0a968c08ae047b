import { Router } from 'express';
import * as z from 'zod';
import { listExchanges, listMarkets, type ReadReplay } from '../app/exchanges.js';
import type { Feed } from '../feed/feed.js';
import { pageOf, Paging } from './paging.js';
import { granted, onlyMethods, parsed } from './problems.js';

const MarketsQuery = Paging.extend({ q: z.string().max(64).default('') });

/** `GET /exchanges`, `GET /exchanges/:id/markets`. */
export function exchangesRouter(feed: Feed, readReplay: ReadReplay): Router {
  const router = Router();
  router.get('/exchanges', async (request, response) => {
    const items = await listExchanges(feed, readReplay);
    response.json(pageOf(items, parsed(Paging, request.query), (item) => item.id));
  });
  onlyMethods(router, '/exchanges', ['GET']);
  router.get('/exchanges/:id/markets', async (request, response) => {
    const { q, ...paging } = parsed(MarketsQuery, request.query);
    const items = granted(await listMarkets(feed, { exchange: request.params.id, search: q }));
    response.json(pageOf(items, paging, (item) => item.symbol));
  });
  onlyMethods(router, '/exchanges/:id/markets', ['GET']);
  return router;
}
