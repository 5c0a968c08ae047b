import type { IncomingHttpHeaders } from 'node:http';
import { isApiKey } from '@wickworks/accounts';
import { err, ok, type Result } from '@wickworks/core';
import { refuse, type Refusal } from '../wire/problem.js';
import type { AccessTokens } from './access-tokens.js';
import type { ApiKeys } from './api-keys.js';
import type { ClerkUsers } from './clerk.js';
import type { CookieJar } from './cookies.js';
import { ANONYMOUS, LOCAL, type Principal } from './principal.js';
import { CSRF_MISSING, type Sessions } from './sessions.js';

/** What of a request tells whom it comes from. */
interface Credentials {
  readonly headers: IncomingHttpHeaders;
  /** Of the client, as far as the proxies that are trusted tell. */
  readonly address: string;
  /** A page that asks for this must show that it is ours (CSRF). */
  readonly changesSomething: boolean;
}

/** Finds out on whose behalf a request acts; refuses credentials that were given and do not hold. */
export type Authenticate = (credentials: Credentials) => Promise<Result<Principal, Refusal>>;

const INVALID = refuse('unauthenticated', 'the token is not valid any more; refresh it or sign in again');

/** Tells who somebody is by bearer token (access token, API key, Clerk session) or by the cookies of a page. */
export class Authenticator {
  readonly #input: AuthenticatorInput;

  constructor(input: AuthenticatorInput) {
    this.#input = input;
  }

  readonly authenticate: Authenticate = async ({ headers, address, changesSomething }) => {
    const bearer = /^Bearer(?: +(.*))?$/i.exec(headers.authorization ?? '');
    // Also an empty one is meant as a token: nobody becomes somebody else by a variable that was not set.
    if (bearer) return this.byToken(bearer[1] ?? '', address);
    const { access } = this.#input.cookies.read(headers);
    if (access !== undefined) {
      const claims = await this.#input.tokens.verify(access);
      const principal = claims && (await this.#input.sessions.principal(claims.sessionId));
      if (principal) {
        const given = headers['x-csrf-token'];
        const isOurs = this.#input.sessions.isCsrfToken(
          claims.sessionId,
          typeof given === 'string' ? given : undefined,
        );
        return changesSomething && !isOurs ? err(CSRF_MISSING) : ok(principal);
      }
    }
    // A page whose cookies have expired is nobody: it will refresh them.
    return ok(!isForwarded(headers) && (await this.#input.isOpenHouse()) ? LOCAL : ANONYMOUS);
  };

  /** The principal as it is now; `null` when what it came with holds no longer. */
  async current(principal: Principal): Promise<Principal | null> {
    const { sessions, apiKeys, isOpenHouse } = this.#input;
    switch (principal.by) {
      case 'session':
        return principal.grantId === null ? null : sessions.principal(principal.grantId);
      case 'api-key':
        return principal.grantId === null ? null : apiKeys.current(principal.grantId);
      case 'open-house':
        return (await isOpenHouse()) ? LOCAL : null;
      case 'clerk':
        return sessions.clerkPrincipal(principal.userId);
      case 'nobody':
        return principal;
    }
  }

  /** Whom a bearer token belongs to. */
  async byToken(token: string, address: string): Promise<Result<Principal, Refusal>> {
    const { apiKeys, tokens, sessions, clerk } = this.#input;
    if (isApiKey(token)) return apiKeys.authenticate(token, address);
    const claims = await tokens.verify(token);
    if (claims) {
      const principal = await sessions.principal(claims.sessionId);
      return principal ? ok(principal) : err(INVALID);
    }
    return clerk ? clerk.authenticate(token, { address, agent: '', requestId: '' }) : err(INVALID);
  }
}

/** A proxy nobody told us of stands before the server: whoever comes through it is not at this machine. */
const isForwarded = (headers: IncomingHttpHeaders): boolean =>
  headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined || headers['x-real-ip'] !== undefined;

interface AuthenticatorInput {
  readonly cookies: CookieJar;
  readonly tokens: AccessTokens;
  readonly sessions: Sessions;
  readonly apiKeys: ApiKeys;
  readonly clerk: ClerkUsers | null;
  readonly isOpenHouse: () => Promise<boolean>;
}
