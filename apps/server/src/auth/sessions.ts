import { createHmac, randomUUID } from 'node:crypto';
import { deriveKey, randomToken, sameText, tokenHash } from '@wickworks/accounts';
import type { SessionView, SignedIn } from '@wickworks/contracts';
import type { UserRow } from '@wickworks/db';
import { err, ok, type Result } from '@wickworks/core';
import { refuse, type Refusal } from '../wire/problem.js';
import { userView, type AccountParts, type Origin } from './accounts.js';
import type { Principal } from './principal.js';

const DAY_MS = 24 * 60 * 60_000;
/** What has expired is kept so long, for people to find out what happened. */
const KEEP_EXPIRED_MS = 30 * DAY_MS;
/** How long a look at the database is good for; what this process changes counts at once. */
const LOOK_MS = 5_000;
const LOOKS_MAX = 10_000;

/** Tokens of somebody just signed in, or refreshed. */
export interface Grant {
  readonly answer: Omit<SignedIn, 'accessToken' | 'refreshToken'>;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly sessionEndsMs: number;
}

const SIGN_IN_AGAIN = refuse('unauthenticated', 'the session has ended; sign in again');

/** Sessions: begun by signing in, kept up by refresh tokens, ended by their owner. */
export class Sessions {
  readonly #parts: AccountParts;
  readonly #csrfKey: Buffer;
  readonly #looks = new Map<string, { readonly principal: Principal | null; readonly untilMs: number }>();

  constructor(parts: AccountParts) {
    this.#parts = parts;
    this.#csrfKey = deriveKey(parts.secret, 'csrf');
  }

  /** Begins a session of `user`, who has just proved who they are by `method`. */
  async begin(user: UserRow, method: string, origin: Origin): Promise<Grant> {
    const { stores, nowMs, settings } = this.#parts;
    const refreshToken = randomToken();
    const createdMs = nowMs();
    const { address, agent } = origin;
    const session = {
      id: randomUUID(),
      userId: user.id,
      method,
      address,
      agent,
      createdMs,
      expiresMs: createdMs + settings.now.sessionDays * DAY_MS,
    };
    await stores.sessions.begin(session, tokenHash(refreshToken));
    await stores.sessions.forgetExpired(createdMs - KEEP_EXPIRED_MS);
    return this.#grant(user, session, refreshToken);
  }

  /**
   * The next tokens for a refresh token. One used before ends the session: of the two who have it, one stole it.
   * `csrf` must be the session's own when the token came as a cookie.
   */
  async refresh(
    refreshToken: string,
    origin: Origin,
    csrf: { given: string | undefined } | null,
  ): Promise<Result<Grant, Refusal>> {
    const { stores, nowMs, audit } = this.#parts;
    const hash = tokenHash(refreshToken);
    if (csrf) {
      const session = await stores.sessions.findByRefreshHash(hash);
      if (session && !this.isCsrfToken(session.id, csrf.given)) return err(CSRF_MISSING);
    }
    const next = randomToken();
    const rotation = await stores.sessions.rotate({
      hash,
      nextHash: tokenHash(next),
      address: origin.address,
      nowMs: nowMs(),
    });
    if (rotation.kind === 'unknown') return err(SIGN_IN_AGAIN);
    const user = await stores.users.find(rotation.session.userId);
    if (rotation.kind === 'reused') {
      this.#looks.delete(rotation.session.id);
      const actor = { userId: rotation.session.userId, name: user?.username ?? '', by: 'nobody' as const };
      await audit.write(actor, origin, { action: 'session.reuse', target: `session:${rotation.session.id}` });
      return err(SIGN_IN_AGAIN);
    }
    if (!user || user.disabledMs !== null) return err(SIGN_IN_AGAIN);
    return ok(await this.#grant(user, rotation.session, next));
  }

  /** Ends the session of a refresh token; nothing happens when there is none. */
  async endByRefreshToken(
    refreshToken: string,
    csrf: { given: string | undefined } | null,
  ): Promise<Result<string | null, Refusal>> {
    const session = await this.#parts.stores.sessions.findByRefreshHash(tokenHash(refreshToken));
    if (!session) return ok(null);
    if (csrf && !this.isCsrfToken(session.id, csrf.given)) return err(CSRF_MISSING);
    await this.end(session.id, session.userId, 'signed-out');
    return ok(session.userId);
  }

  /** Ends one session; false when the user has no such live one. */
  async end(id: string, userId: string, by: string): Promise<boolean> {
    const ended = await this.#parts.stores.sessions.end(id, { userId, by, nowMs: this.#parts.nowMs() });
    this.#looks.delete(id);
    return ended;
  }

  /** Ends all sessions of a user, but `except`. */
  async endAll(userId: string, by: string, except = ''): Promise<number> {
    const ended = await this.#parts.stores.sessions.endAll(userId, { by, nowMs: this.#parts.nowMs(), except });
    this.forgetLooks();
    return ended.length;
  }

  /** A user's live sessions, newest first. */
  async list(userId: string, currentId: string | null): Promise<SessionView[]> {
    const rows = await this.#parts.stores.sessions.listLive(userId, this.#parts.nowMs());
    return rows.map(({ id, method, address, agent, createdMs, usedMs, expiresMs }) => ({
      ...{ id, method, address, agent, createdMs, usedMs, expiresMs },
      isCurrent: id === currentId,
    }));
  }

  /** On whose behalf a live session acts; `null` when it has ended or its owner may not sign in. */
  async principal(sessionId: string): Promise<Principal | null> {
    const nowMs = this.#parts.nowMs();
    const look = this.#looks.get(sessionId);
    if (look && look.untilMs > nowMs) return look.principal;
    const { stores } = this.#parts;
    const session = await stores.sessions.findLive(sessionId, nowMs);
    const user = session && (await stores.users.find(session.userId));
    const principal: Principal | null =
      user?.disabledMs === null
        ? { userId: user.id, name: user.username, role: user.role, scopes: 'all', by: 'session', grantId: sessionId }
        : null;
    this.#looks.delete(sessionId);
    this.#looks.set(sessionId, { principal, untilMs: nowMs + LOOK_MS });
    for (const key of this.#looks.keys()) {
      if (this.#looks.size <= LOOKS_MAX) break;
      this.#looks.delete(key);
    }
    return principal;
  }

  /** On whose behalf somebody Clerk vouched for acts now; `null` when the account may not sign in. */
  async clerkPrincipal(userId: string): Promise<Principal | null> {
    const user = await this.#parts.stores.users.find(userId);
    return user?.disabledMs === null ? clerkPrincipal(user) : null;
  }

  /** Accounts have changed: everybody is looked up again. */
  forgetLooks(): void {
    this.#looks.clear();
  }

  /** The token a page of this session sends with every write. */
  csrfToken(sessionId: string): string {
    return createHmac('sha256', this.#csrfKey).update(sessionId).digest('base64url');
  }

  isCsrfToken(sessionId: string, given: string | undefined): boolean {
    return given !== undefined && sameText(given, this.csrfToken(sessionId));
  }

  async #grant(user: UserRow, session: { id: string; expiresMs: number }, refreshToken: string): Promise<Grant> {
    const { token, expiresMs } = await this.#parts.tokens.issue({ userId: user.id, sessionId: session.id });
    const answer = { user: userView(user), expiresMs, csrfToken: this.csrfToken(session.id) };
    return { answer, accessToken: token, refreshToken, sessionEndsMs: session.expiresMs };
  }
}

/** Somebody Clerk vouches for, as the local account says. */
export const clerkPrincipal = ({ id: userId, username: name, role }: UserRow): Principal => ({
  ...{ userId, name, role, scopes: 'all', by: 'clerk', grantId: `clerk:${userId}` },
});

/** The answer to a write of a page that does not show it is ours. */
export const CSRF_MISSING = refuse('forbidden', 'send the CSRF token of the session as X-CSRF-Token');
