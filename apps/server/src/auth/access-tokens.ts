import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { seal, sealContext, unseal } from '@wickworks/accounts';
import type { AccountStores } from '@wickworks/db';
import * as z from 'zod';

const KEY_MS = 30 * 24 * 60 * 60_000;
const KNOWN_MAX = 5_000;
const ISSUER = 'wickworks';
const ALGORITHM = 'EdDSA';

const PublicJwk = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() });
const PrivateJwk = PublicJwk.extend({ d: z.string() });

interface Key {
  readonly kid: string;
  readonly privateKey: KeyObject | null;
  readonly publicKey: KeyObject;
  readonly createdMs: number;
}

/** What a token that holds says. */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
  readonly expiresMs: number;
}

/** Signs and verifies access tokens (JWT, Ed25519). Keys are replaced every 30 days and stored sealed. */
export class AccessTokens {
  readonly #store: AccountStores['signingKeys'];
  readonly #secret: string;
  readonly #nowMs: () => number;
  readonly #lifeMs: () => number;
  #keys: Promise<readonly Key[]> | undefined;
  /** Tokens verified before, so that a signature is checked once. */
  readonly #known = new Map<string, AccessClaims>();

  /** A token lives for `lifeMs`; whoever holds one beyond the end of its session is refused all the same. */
  constructor(input: {
    store: AccountStores['signingKeys'];
    secret: string;
    nowMs: () => number;
    lifeMs: () => number;
  }) {
    this.#lifeMs = input.lifeMs;
    this.#store = input.store;
    this.#secret = input.secret;
    this.#nowMs = input.nowMs;
  }

  async issue({
    userId,
    sessionId,
  }: {
    userId: string;
    sessionId: string;
  }): Promise<{ token: string; expiresMs: number }> {
    const { SignJWT } = await import('jose');
    const { kid, privateKey } = await this.#signingKey();
    const nowMs = this.#nowMs();
    const expiresMs = (Math.floor(nowMs / 1_000) + Math.floor(this.#lifeMs() / 1_000)) * 1_000;
    const token = await new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'at+jwt' })
      .setIssuer(ISSUER)
      .setAudience(ISSUER)
      .setSubject(userId)
      .setIssuedAt(Math.floor(nowMs / 1_000))
      .setExpirationTime(expiresMs / 1_000)
      .sign(privateKey);
    return { token, expiresMs };
  }

  /** What `token` says; `null` when it is not one of ours or has expired. */
  async verify(token: string): Promise<AccessClaims | null> {
    const known = this.#known.get(token);
    if (known) return known.expiresMs > this.#nowMs() ? known : null;
    const { jwtVerify } = await import('jose');
    try {
      const { payload } = await jwtVerify(token, async ({ kid }) => this.#publicKey(kid), {
        issuer: ISSUER,
        audience: ISSUER,
        algorithms: [ALGORITHM],
        typ: 'at+jwt',
        currentDate: new Date(this.#nowMs()),
      });
      const { sub, sid, exp } = payload;
      if (sub === undefined || typeof sid !== 'string' || exp === undefined) return null;
      const claims = { userId: sub, sessionId: sid, expiresMs: exp * 1_000 };
      this.#remember(token, claims);
      return claims;
    } catch {
      return null; // whatever is wrong with it, it does not hold
    }
  }

  #remember(token: string, claims: AccessClaims): void {
    this.#known.set(token, claims);
    for (const key of this.#known.keys()) {
      if (this.#known.size <= KNOWN_MAX) return;
      this.#known.delete(key);
    }
  }

  async #publicKey(kid: string | undefined): Promise<KeyObject> {
    const find = (keys: readonly Key[]): Key | undefined => keys.find((key) => key.kid === kid);
    const found = find(await this.#load());
    if (!found) throw new Error('no key of this id');
    return found.publicKey;
  }

  async #signingKey(): Promise<{ kid: string; privateKey: KeyObject }> {
    const [newest] = await this.#load();
    if (newest?.privateKey && this.#nowMs() - newest.createdMs < KEY_MS)
      return { kid: newest.kid, privateKey: newest.privateKey };
    this.#keys = this.#addKey();
    const [added] = await this.#keys;
    if (!added?.privateKey) throw new Error('a key was just made');
    return { kid: added.kid, privateKey: added.privateKey };
  }

  #load(): Promise<readonly Key[]> {
    if (!this.#keys) {
      const loading = this.#read();
      this.#keys = loading;
      // A failed read is tried again by whoever comes next.
      loading.catch(() => {
        if (this.#keys === loading) this.#keys = undefined;
      });
    }
    return this.#keys;
  }

  async #read(): Promise<readonly Key[]> {
    return (await this.#store.list()).map(({ kid, publicJwk, privateJwk, createdMs }) => {
      const opened = unseal(this.#secret, sealContext('signing-key', kid), privateJwk);
      return {
        kid,
        createdMs,
        publicKey: createPublicKey({ key: PublicJwk.parse(JSON.parse(publicJwk)), format: 'jwk' }),
        // Sealed under another root secret: it can still verify, a new one will sign.
        privateKey: opened.ok
          ? createPrivateKey({ key: PrivateJwk.parse(JSON.parse(opened.value)), format: 'jwk' })
          : null,
      };
    });
  }

  async #addKey(): Promise<readonly Key[]> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const kid = randomUUID();
    const createdMs = this.#nowMs();
    await this.#store.add({
      kid,
      createdMs,
      publicJwk: JSON.stringify(publicKey.export({ format: 'jwk' })),
      privateJwk: seal(
        this.#secret,
        sealContext('signing-key', kid),
        JSON.stringify(privateKey.export({ format: 'jwk' })),
      ),
    });
    await this.#store.forgetBefore(createdMs - 2 * KEY_MS);
    return this.#read();
  }
}
