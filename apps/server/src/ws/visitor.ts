import type { IncomingMessage } from 'node:http';
import { ok, type Result } from '@wickworks/core';
import { ANONYMOUS, refusalOf, type Demand, type Principal } from '../auth/principal.js';
import type { Authenticator } from '../auth/authenticate.js';
import type { Refusal } from '../wire/problem.js';

/** How long a connection may stay without telling whom it belongs to, where that is asked. */
export const SIGN_IN_WITHIN_MS = 5_000;

/** Who is at the other end of a socket: known from the handshake, or from a first message with a token. */
export class Visitor {
  readonly #authenticator: Authenticator;
  readonly #address: string;
  readonly #isMarketDataPublic: boolean;
  #principal: Principal;
  #ended = false;

  constructor(input: {
    readonly authenticator: Authenticator;
    readonly address: string;
    readonly isMarketDataPublic: boolean;
    readonly principal: Principal;
  }) {
    this.#authenticator = input.authenticator;
    this.#address = input.address;
    this.#isMarketDataPublic = input.isMarketDataPublic;
    this.#principal = input.principal;
  }

  get principal(): Principal {
    return this.#principal;
  }

  /** Why the visitor may not do what makes `demand`; `null` when it may. */
  refusal(demand: Demand): Refusal | null {
    return refusalOf(this.#principal, demand, this.#isMarketDataPublic);
  }

  /** Takes a token as proof of who it is. */
  async signIn(token: string): Promise<Result<void, Refusal>> {
    const found = await this.#authenticator.byToken(token, this.#address);
    if (!found.ok) return found;
    this.#principal = found.value;
    this.#ended = false;
    return ok(undefined);
  }

  /** True from the moment on when a session or key that once held has ended. */
  get hasEnded(): boolean {
    return this.#ended;
  }

  /** Looks again whether the session or key the visitor came with still holds. */
  async lookAgain(): Promise<void> {
    if (this.#principal.role === null) return;
    const current = await this.#authenticator.current(this.#principal);
    if (current) this.#principal = current;
    else {
      this.#principal = ANONYMOUS;
      this.#ended = true;
    }
  }
}

/** Meets whoever asks for a socket: by the cookies or the `Authorization` of the handshake. */
export class Doorkeeper {
  readonly #authenticator: Authenticator;
  readonly #isMarketDataPublic: boolean;

  constructor(input: { authenticator: Authenticator; isMarketDataPublic: boolean }) {
    this.#authenticator = input.authenticator;
    this.#isMarketDataPublic = input.isMarketDataPublic;
  }

  /** Refuses credentials that do not hold; without any the visitor is nobody (or at home) and may sign in later. */
  async meet({ headers }: IncomingMessage, address: string): Promise<Result<Visitor, Refusal>> {
    const found = await this.#authenticator.authenticate({ headers, address, changesSomething: false });
    if (!found.ok) return found;
    const common = { authenticator: this.#authenticator, isMarketDataPublic: this.#isMarketDataPublic };
    return ok(new Visitor({ ...common, address, principal: found.value }));
  }
}
