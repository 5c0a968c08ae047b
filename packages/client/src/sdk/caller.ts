import { hasBody, hasReply, type Endpoint, type ReplyOf, type SentTo } from '@wickworks/contracts';
import { assert, type Result } from '@wickworks/core';
import type { ClientFailure } from '../failure.js';
import type { RestClient } from '../rest/rest-client.js';

/** What goes with a call besides the endpoint's own parameters. */
interface Circumstances {
  readonly signal?: AbortSignal | undefined;
  /** The version that was read and is meant to be changed (`If-Match`); `any`: whatever it is now. */
  readonly version?: number | 'any';
  /** The same key within 24 hours gives the first answer again instead of a second deed. */
  readonly idempotencyKey?: string;
}

type Sent<E extends Endpoint> = Circumstances & {
  readonly params?: SentTo<E>['params'];
  readonly query?: SentTo<E>['query'];
  readonly body?: SentTo<E>['body'];
};

/** Calls an endpoint of the contract (`API.…`): what is sent and what comes back have its types. */
export type Caller = <E extends Endpoint>(endpoint: E, sent?: Sent<E>) => Promise<Result<ReplyOf<E>, ClientFailure>>;

/** Calls by way of `rest`. */
export const callerOf =
  (rest: RestClient): Caller =>
  (endpoint, { params, query, body, version, idempotencyKey, signal } = {}) => {
    const call = {
      method: endpoint.method,
      path: pathOf(endpoint.path, params),
      query: queryOf(query),
      ...(hasBody(endpoint) && { body: body ?? {} }),
      headers: {
        ...(version !== undefined && { 'if-match': version === 'any' ? '*' : `"v${String(version)}"` }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      signal,
      alsoGood: endpoint.alsoStatus,
    };
    // The reply's schema is the endpoint's own: what it gives has its type.
    const answer = hasReply(endpoint)
      ? rest.ask({ ...call, reply: endpoint.reply })
      : rest.ask({ ...call, reply: 'none' });
    return answer as Promise<Result<never, ClientFailure>>;
  };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function pathOf(path: string, params: unknown): string {
  return path.replace(/:(\w+)/g, (_all, name: string) => {
    const value = isRecord(params) ? params[name] : undefined;
    assert(typeof value === 'string', `${path} is called with its ${name}`);
    return encodeURIComponent(value);
  });
}

function queryOf(query: unknown): Record<string, string | number | undefined> {
  const entries = isRecord(query) ? Object.entries(query) : [];
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const isPlain = typeof value === 'number' || typeof value === 'string' || value === undefined;
      assert(isPlain, `${name} is a number or a text`);
      return [name, value];
    }),
  );
}
