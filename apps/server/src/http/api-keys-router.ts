import { API } from '@wickworks/contracts';
import { apiKeyView } from '../auth/api-keys.js';
import type { Auth } from '../auth/auth.js';
import { refuse, type Refusal } from '../wire/problem.js';
import type { ApiRouter } from './api-router.js';
import { originOf } from './origin-of-call.js';
import { pageOf } from './paging.js';
import { granted, RefusedError } from './problems.js';

/** One's own API keys. */
export function apiKeyRoutes(api: ApiRouter, { parts, apiKeys }: Auth): void {
  api.route(API.apiKeys.getApiKeys, async ({ principal, query }) =>
    pageOf((await parts.stores.apiKeys.list(principal.userId)).map(apiKeyView), query, ({ id }) => id),
  );
  api.route(API.apiKeys.getApiKey, async ({ principal, params }) => {
    const key = await parts.stores.apiKeys.find(params.id);
    if (key?.userId !== principal.userId) throw new RefusedError(unknownKey(params.id));
    return apiKeyView(key);
  });
  api.route(API.apiKeys.createApiKey, async (call) => {
    const created = granted(await apiKeys.create(call.principal, call.body, originOf(call)));
    call.http.location(`/api/v1/auth/api-keys/${created.id}`);
    return created;
  });
  api.route(API.apiKeys.revokeApiKey, async (call) => {
    if (!(await apiKeys.revoke(call.principal, call.params.id, originOf(call))))
      throw new RefusedError(unknownKey(call.params.id));
  });
}

const unknownKey = (id: string): Refusal => refuse('not-found', `you have no API key "${id}"`);
