import { randomUUID } from 'node:crypto';
import type { Config } from '@wickworks/config';
import { normalUsername } from '@wickworks/accounts';
import { err, ok, type Result } from '@wickworks/core';
import type { UserRow } from '@wickworks/db';
import { refuse, type Refusal } from '../wire/problem.js';
import { userView, type AccountParts, type Origin } from './accounts.js';
import type { Principal } from './principal.js';
import { clerkPrincipal } from './sessions.js';

const REFUSED = refuse('unauthenticated', 'this Clerk session does not hold; sign in again');

/** People who sign in with Clerk. Each gets a local account: the role is ours to give, a viewer's at first. */
export class ClerkUsers {
  readonly #parts: AccountParts;
  readonly #keys: NonNullable<Config['clerk']>;
  readonly #parties: readonly string[];

  /** `parties`: the origins whose tokens are accepted. */
  constructor(parts: AccountParts, keys: NonNullable<Config['clerk']>, parties: readonly string[]) {
    this.#parts = parts;
    this.#keys = keys;
    this.#parties = parties;
  }

  /** On whose behalf a Clerk session token acts. With `CLERK_JWT_KEY` nothing is asked over the network. */
  async authenticate(token: string, origin: Origin): Promise<Result<Principal, Refusal>> {
    const { verifyToken } = await import('@clerk/express');
    const { secretKey, jwtKey } = this.#keys;
    const claims = await verifyToken(token, {
      secretKey,
      ...(jwtKey !== null && { jwtKey }),
      authorizedParties: [...this.#parties],
    }).catch(() => null); // expired, of another party, or not Clerk's: all the same to whoever sent it
    if (!claims?.sub) return err(REFUSED);
    const user =
      (await this.#parts.stores.users.findByClerkId(claims.sub)) ?? (await this.#welcome(claims.sub, origin));
    if (!user)
      return err(refuse('unauthenticated', 'create the first account with the setup token before using Clerk'));
    if (user.disabledMs !== null) return err(refuse('forbidden', 'this account is disabled'));
    return ok(clerkPrincipal(user));
  }

  async #welcome(clerkId: string, origin: Origin): Promise<UserRow | null> {
    const { stores, audit, nowMs } = this.#parts;
    if (await stores.users.isEmpty()) return null;
    const username = normalUsername(`clerk-${clerkId}`) ?? `clerk-${randomUUID()}`;
    const user = { id: randomUUID(), username, name: username, role: 'viewer' as const, passwordHash: null, clerkId };
    const added = await stores.users.add(user, { nowMs: nowMs() });
    // Of two first requests at once one adds the account, the other finds it.
    if (!added) return stores.users.findByClerkId(clerkId);
    const actor = { userId: added.id, name: username, by: 'clerk' as const };
    await audit.write(actor, origin, { action: 'user.add', target: `user:${added.id}`, after: userView(added) });
    return added;
  }
}
