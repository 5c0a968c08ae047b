import { ApiKeyCreated, ApiKeyRequest, ApiKeyView } from '../auth.js';
import { endpoint, IdParams, Paging } from '../endpoint.js';
import { listOf } from '../exchanges.js';

const own = { tag: 'API keys', role: 'viewer', scope: null } as const;
const path = '/api/v1/auth/api-keys';

export const getApiKeys = endpoint({
  ...own,
  method: 'GET',
  path,
  summary: 'Own API keys',
  query: Paging,
  reply: listOf(ApiKeyView),
});

export const getApiKey = endpoint({
  ...own,
  method: 'GET',
  path: `${path}/:id`,
  summary: 'One of the own API keys, without its text',
  params: IdParams,
  reply: ApiKeyView,
  errors: ['not-found'],
});

export const createApiKey = endpoint({
  ...own,
  method: 'POST',
  path,
  summary: 'Create an API key; it is shown in this answer only',
  body: ApiKeyRequest,
  reply: ApiKeyCreated,
  status: 201,
  errors: ['conflict'],
  example: {
    body: { name: 'nightly export', scopes: ['market-data:read'], networks: ['10.0.0.0/8'], expiresMs: null },
  },
});

export const revokeApiKey = endpoint({
  ...own,
  method: 'DELETE',
  path: `${path}/:id`,
  summary: 'Revoke an API key',
  params: IdParams,
  errors: ['not-found'],
});
