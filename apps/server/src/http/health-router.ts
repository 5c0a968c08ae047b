import { Router } from 'express';
import type { HealthView } from '@wickworks/contracts';
import { onlyMethods } from './problems.js';

/** `GET /health` (every part), `/health/live` (the process answers), `/health/ready` (it can do its work). */
export function healthRouter(check: () => Promise<HealthView>): Router {
  const router = Router();
  for (const path of ['/health', '/health/ready']) {
    router.get(path, async (_request, response) => {
      const health = await check();
      response
        .status(health.state === 'failed' ? 503 : 200)
        .set('Cache-Control', 'no-store')
        .json(health);
    });
    onlyMethods(router, path, ['GET']);
  }
  router.get('/health/live', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ state: 'ok' });
  });
  onlyMethods(router, '/health/live', ['GET']);
  return router;
}
