import { API, type SentTo } from '@wickworks/contracts';
import type { Caller } from './caller.js';

/** Who a script is, and signing in where it has no key. */
export const authCalls = (call: Caller) => ({
  /** Whoever the token or key belongs to, and what it may do. */
  me: () => call(API.auth.getMe),
  /** Signs in by name and password; the answer holds an access token (for `token`) and a refresh token. */
  login: (credentials: { username: string; password: string; code?: string }) =>
    call(API.auth.login, { body: { ...credentials, transport: 'token' } }),
  /** A new access token; each refresh token is good once. */
  refresh: (refreshToken: string) => call(API.auth.refresh, { body: { refreshToken } }),
  logout: (refreshToken?: string) => call(API.auth.logout, { body: { refreshToken } }),
});

/** API keys of whoever is signed in; a key itself cannot make or see keys. */
export const apiKeyCalls = (call: Caller) => ({
  list: () => call(API.apiKeys.getApiKeys),
  /** The answer holds the key, this once. */
  create: (request: SentTo<typeof API.apiKeys.createApiKey>['body']) =>
    call(API.apiKeys.createApiKey, { body: request }),
  revoke: (id: string) => call(API.apiKeys.revokeApiKey, { params: { id } }),
});
