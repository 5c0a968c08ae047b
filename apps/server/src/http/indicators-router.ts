import express, { Router } from 'express';
import { CalculateRequest } from '@wickworks/contracts';
import { calculateIndicator, listIndicators } from '../app/indicators.js';
import type { Feed } from '../feed/feed.js';
import { pageOf, Paging } from './paging.js';
import { granted, onlyMethods, parsed } from './problems.js';

/** Room for the most candles a request may bring. */
const BODY_LIMIT = '16mb';

/** `GET /indicators`, `POST /indicators/calculate`; reads its own bodies, which may be long. */
export function indicatorsRouter(feed: Feed): Router {
  const router = Router();
  router.get('/indicators', async (request, response) => {
    response.json(pageOf(await listIndicators(), parsed(Paging, request.query), ({ id }) => id));
  });
  onlyMethods(router, '/indicators', ['GET']);
  router.post('/indicators/calculate', express.json({ limit: BODY_LIMIT }), async (request, response) => {
    response.json(granted(await calculateIndicator(feed, parsed(CalculateRequest, request.body))));
  });
  onlyMethods(router, '/indicators/calculate', ['POST']);
  return router;
}
