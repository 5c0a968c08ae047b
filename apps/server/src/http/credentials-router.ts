import { API } from '@wickworks/contracts';
import type { Auth } from '../auth/auth.js';
import { refuse } from '../wire/problem.js';
import type { ApiRouter } from './api-router.js';
import { originOf } from './origin-of-call.js';
import { pageOf } from './paging.js';
import { granted, RefusedError } from './problems.js';

/** One's own keys at exchanges: secrets go in, none comes out. */
export function credentialRoutes(api: ApiRouter, { config, credentials }: Auth): void {
  const known = (exchange: string): string => {
    if (config.exchanges.includes(exchange)) return exchange;
    throw new RefusedError(refuse('unknown-exchange', `there is no exchange "${exchange}"`));
  };
  api.route(API.credentials.getCredentials, async ({ principal, params, query }) =>
    pageOf(await credentials.list(principal, known(params.id)), query, ({ id }) => id),
  );
  api.route(API.credentials.getCredential, async ({ principal, params, http }) => {
    const found = granted(await credentials.find(principal, { exchange: known(params.id), id: params.credential }));
    http.version(found.version);
    return found;
  });
  api.route(API.credentials.addCredential, async (call) => {
    const exchange = known(call.params.id);
    const added = await credentials.add(call.principal, exchange, call.body, originOf(call));
    call.http.location(`/api/v1/exchanges/${exchange}/credentials/${added.id}`);
    call.http.version(added.version);
    return added;
  });
  api.route(API.credentials.replaceCredential, async (call) => {
    const { id: exchange, credential: id } = call.params;
    const wanted = { exchange: known(exchange), id, expected: call.http.expectedVersion(), given: call.body };
    const replaced = granted(await credentials.replace(call.principal, wanted, originOf(call)));
    call.http.version(replaced.version);
    return replaced;
  });
  api.route(API.credentials.checkCredential, async ({ principal, params }) => {
    const { id: exchange, credential: id } = params;
    return granted(await credentials.check(principal, { exchange: known(exchange), id }));
  });
  api.route(API.credentials.removeCredential, async (call) => {
    const { id: exchange, credential: id } = call.params;
    const wanted = { exchange: known(exchange), id, expected: call.http.expectedVersion() };
    granted(await credentials.remove(call.principal, wanted, originOf(call)));
  });
}
