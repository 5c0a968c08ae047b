import type { PasskeyAnswer, NewPasskeyAnswer, PasskeyView } from '@wickworks/contracts';
import { randomToken } from '@wickworks/accounts';
import { err, ok, type Result } from '@wickworks/core';
import type { PasskeyRow, UserRow } from '@wickworks/db';
import { refuse, type Refusal } from '../wire/problem.js';
import type { AccountParts, Origin } from './accounts.js';
import type { Principal } from './principal.js';
import type { Grant, Sessions } from './sessions.js';

const CEREMONY_MS = 5 * 60_000;
const CEREMONIES_MAX = 1_000;
const REFUSED = refuse('unauthenticated', 'this passkey was not accepted');

/** Where passkeys are bound to: the page that asks. */
export interface Site {
  /** `https://wick.example`. */
  readonly origin: string;
}

interface Ceremony {
  readonly challenge: string;
  readonly origin: string;
  /** Who adds a passkey; `null`: somebody signs in. */
  readonly userId: string | null;
  readonly untilMs: number;
}

/** The passkey as it may be shown. */
export const passkeyView = ({ id, name, createdMs, usedMs }: PasskeyRow): PasskeyView => ({
  id,
  name,
  createdMs,
  usedMs,
});

/** Passkeys (WebAuthn): added by people signed in, then a way to sign in that needs no password and no code. */
export class Passkeys {
  readonly #parts: AccountParts;
  readonly #sessions: Sessions;
  readonly #ceremonies = new Map<string, Ceremony>();

  constructor(parts: AccountParts, sessions: Sessions) {
    this.#parts = parts;
    this.#sessions = sessions;
  }

  /** Options for the browser that makes a passkey. */
  async startAdding(user: UserRow, { origin }: Site): Promise<{ ceremony: string; options: Record<string, unknown> }> {
    const { generateRegistrationOptions } = await import('@simplewebauthn/server');
    const known = await this.#parts.stores.passkeys.list(user.id);
    const options = await generateRegistrationOptions({
      rpName: 'Wickworks',
      rpID: new URL(origin).hostname,
      userName: user.username,
      userDisplayName: user.name,
      userID: new TextEncoder().encode(user.id),
      excludeCredentials: known.map(({ id }) => ({ id })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestationType: 'none',
    });
    return { ceremony: this.#begin(options.challenge, origin, user.id), options: { ...options } };
  }

  /** Keeps the passkey the browser made. */
  async add(
    principal: Principal,
    given: { ceremony: string; name: string; credential: NewPasskeyAnswer },
    origin: Origin,
  ): Promise<Result<PasskeyView, Refusal>> {
    const { stores, nowMs, audit } = this.#parts;
    const ceremony = this.#end(given.ceremony, principal.userId);
    if (!ceremony) return err(refuse('invalid-field', 'begin again', [{ path: 'ceremony', message: 'it has ended' }]));
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
    const verified = await verifyRegistrationResponse({
      response: given.credential,
      expectedChallenge: ceremony.challenge,
      expectedOrigin: ceremony.origin,
      expectedRPID: new URL(ceremony.origin).hostname,
      requireUserVerification: true,
    }).catch(() => null); // the library throws for every answer it does not accept
    if (!verified?.verified)
      return err(
        refuse('invalid-field', 'this passkey was not accepted', [{ path: 'credential', message: 'not accepted' }]),
      );
    const { credential } = verified.registrationInfo;
    const row = {
      id: credential.id,
      userId: principal.userId,
      name: given.name,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: given.credential.response.transports,
      createdMs: nowMs(),
    };
    if (!(await stores.passkeys.add(row))) return err(refuse('conflict', 'this passkey is known already'));
    await audit.write(principal, origin, {
      action: 'passkey.add',
      target: `user:${principal.userId}`,
      after: { name: given.name },
    });
    return ok(passkeyView({ ...row, usedMs: null }));
  }

  /** Options for the browser that signs in; whose passkey it will be shows then. */
  async startSignIn({ origin }: Site): Promise<{ ceremony: string; options: Record<string, unknown> }> {
    const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
    const options = await generateAuthenticationOptions({
      rpID: new URL(origin).hostname,
      userVerification: 'required',
    });
    return { ceremony: this.#begin(options.challenge, origin, null), options: { ...options } };
  }

  /** Signs in whoever the passkey belongs to. */
  async signIn(
    given: { ceremony: string; credential: PasskeyAnswer },
    origin: Origin,
  ): Promise<Result<Grant, Refusal>> {
    const { audit } = this.#parts;
    const found = await this.#recognise(given, null, origin.address);
    if (!found.ok) return found;
    const user = found.value;
    const grant = await this.#sessions.begin(user, 'passkey', origin);
    const actor = { userId: user.id, name: user.username, by: 'session' as const };
    await audit.write(actor, origin, {
      action: 'session.begin',
      target: `user:${user.id}`,
      after: { method: 'passkey' },
    });
    return ok(grant);
  }

  /** Whether somebody who is signed in holds a passkey of their own; wrong ones count as wrong sign-ins. */
  async prove(
    { userId }: Principal,
    given: { ceremony: string; credential: PasskeyAnswer },
    address: string,
  ): Promise<Result<UserRow, Refusal>> {
    const found = await this.#recognise(given, userId, address);
    if (found.ok || found.error !== REFUSED) return found;
    const message = 'this passkey was not accepted';
    // Not a 401: the session still holds.
    return err(refuse('invalid-field', message, [{ path: 'credential', message }]));
  }

  /** Whose passkey answered, of `userId` where it must be theirs. */
  async #recognise(
    given: { ceremony: string; credential: PasskeyAnswer },
    userId: string | null,
    address: string,
  ): Promise<Result<UserRow, Refusal>> {
    const { stores, throttle, nowMs } = this.#parts;
    const tooSoon = throttle.check('', address);
    if (tooSoon) return err(tooSoon);
    const ceremony = this.#end(given.ceremony, null);
    const passkey = ceremony && (await stores.passkeys.find(given.credential.id));
    const user = passkey && (await stores.users.find(passkey.userId));
    const isWanted = user?.disabledMs === null && (userId === null || user.id === userId);
    const verified = ceremony && passkey && isWanted ? await this.#verify(ceremony, passkey, given.credential) : null;
    if (!user || !verified) {
      throttle.failed('', address);
      return err(REFUSED);
    }
    await stores.passkeys.used(passkey.id, { counter: verified.newCounter, nowMs: nowMs() });
    return ok(user);
  }

  async #verify(
    ceremony: Ceremony,
    passkey: PasskeyRow,
    response: PasskeyAnswer,
  ): Promise<{ newCounter: number } | null> {
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
    const { userHandle, ...rest } = response.response;
    const verified = await verifyAuthenticationResponse({
      response: { ...response, response: { ...rest, ...(userHandle !== undefined && { userHandle }) } },
      expectedChallenge: ceremony.challenge,
      expectedOrigin: ceremony.origin,
      expectedRPID: new URL(ceremony.origin).hostname,
      requireUserVerification: true,
      credential: { id: passkey.id, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.counter },
    }).catch(() => null); // the library throws for every answer it does not accept
    return verified?.verified ? verified.authenticationInfo : null;
  }

  #begin(challenge: string, origin: string, userId: string | null): string {
    const id = randomToken(16);
    this.#ceremonies.set(id, { challenge, origin, userId, untilMs: this.#parts.nowMs() + CEREMONY_MS });
    for (const key of this.#ceremonies.keys()) {
      if (this.#ceremonies.size <= CEREMONIES_MAX) break;
      this.#ceremonies.delete(key);
    }
    return id;
  }

  /** The ceremony of this id, once, and only to whom it was begun for. */
  #end(id: string, userId: string | null): Ceremony | null {
    const found = this.#ceremonies.get(id);
    this.#ceremonies.delete(id);
    return found?.userId === userId && found.untilMs > this.#parts.nowMs() ? found : null;
  }
}
