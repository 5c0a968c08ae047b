import type { IncomingHttpHeaders } from 'node:http';
import { ok, type Result } from '@wickworks/core';
import type { Refusal } from '../wire/problem.js';
import { ANONYMOUS, LOCAL, type Principal } from './principal.js';

/** What of a request tells whom it comes from. */
export interface Credentials {
  readonly headers: IncomingHttpHeaders;
  /** Of the client, as far as the proxies that are trusted tell. */
  readonly address: string;
}

/** Finds out on whose behalf a request acts; refuses credentials that were given and do not hold. */
export type Authenticate = (credentials: Credentials) => Promise<Result<Principal, Refusal>>;

/** While there are no accounts: everybody who reaches an open house is the local user, elsewhere nobody. */
export const withoutAccounts =
  (isOpenHouse: boolean): Authenticate =>
  () =>
    Promise.resolve(ok(isOpenHouse ? LOCAL : ANONYMOUS));
