import { API, type HealthView } from '@wickworks/contracts';
import type { ApiRouter } from './api-router.js';

/** Health of the whole, whether the process answers, and whether it can do its work. */
export function healthRoutes(api: ApiRouter, check: () => Promise<HealthView>): void {
  for (const endpoint of [API.health.getHealth, API.health.getReadiness])
    api.route(endpoint, async ({ http }) => {
      const health = await check();
      http.status(health.state === 'failed' ? 503 : 200);
      return health;
    });
  api.route(API.health.getLiveness, () => ({ state: 'ok' as const }));
}
