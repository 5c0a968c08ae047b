import { randomUUID } from 'node:crypto';
import { isInNetworks, isNetwork, newApiKey, tokenHash } from '@wickworks/accounts';
import type { ApiKeyRequest, ApiKeyView } from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import type { ApiKeyRow } from '@wickworks/db';
import { refuse, type Refusal } from '../wire/problem.js';
import type { AccountParts, Origin } from './accounts.js';
import type { Principal } from './principal.js';

const KEYS_MAX = 50;
const HINT_LENGTH = 9;
const LOOK_MS = 5_000;
const LOOKS_MAX = 5_000;
/** How exact "last used" is: not every request is worth a write. */
const USED_EVERY_MS = 60_000;

const REFUSED = refuse('unauthenticated', 'this API key is unknown, revoked or expired');

/** The key as it may be shown. */
export const apiKeyView = (key: ApiKeyRow): ApiKeyView => ({
  id: key.id,
  name: key.name,
  hint: key.hint,
  scopes: [...key.scopes],
  networks: [...key.networks],
  createdMs: key.createdMs,
  expiresMs: key.expiresMs,
  usedMs: key.usedMs,
  usedAddress: key.usedAddress,
});

/** API keys: made by people, used by scripts, never able to do more than their owner. */
export class ApiKeys {
  readonly #parts: AccountParts;
  readonly #looks = new Map<string, { readonly key: ApiKeyRow; readonly owner: Principal; readonly untilMs: number }>();
  readonly #usedMs = new Map<string, number>();

  constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  /** Creates a key of the caller's; the text of it is in this answer only. */
  async create(
    principal: Principal,
    given: ApiKeyRequest,
    origin: Origin,
  ): Promise<Result<ApiKeyView & { key: string }, Refusal>> {
    const { stores, nowMs, audit } = this.#parts;
    const badNetwork = given.networks.findIndex((network) => !isNetwork(network));
    if (badNetwork >= 0) {
      const message = 'use IP addresses or networks such as 10.0.0.0/8';
      return err(refuse('invalid-field', message, [{ path: `networks.${badNetwork}`, message }]));
    }
    if (given.expiresMs !== null && given.expiresMs <= nowMs()) {
      const message = 'this moment has passed';
      return err(refuse('invalid-field', message, [{ path: 'expiresMs', message }]));
    }
    if ((await stores.apiKeys.list(principal.userId)).length >= KEYS_MAX)
      return err(refuse('conflict', `there are ${KEYS_MAX} API keys already; revoke one first`));
    const key = newApiKey();
    const { name, scopes, networks, expiresMs } = given;
    const row = {
      ...{ id: randomUUID(), userId: principal.userId, name, hash: tokenHash(key), hint: key.slice(0, HINT_LENGTH) },
      ...{ scopes: [...new Set(scopes)], networks, createdMs: nowMs(), expiresMs },
    };
    await stores.apiKeys.add(row);
    const view = apiKeyView({ ...row, usedMs: null, usedAddress: null, revokedMs: null });
    await audit.write(principal, origin, { action: 'api-key.create', target: `api-key:${row.id}`, after: view });
    return ok({ ...view, key });
  }

  /** Revokes a key of the caller's; false when there is none. */
  async revoke(principal: Principal, id: string, origin: Origin): Promise<boolean> {
    const { stores, nowMs, audit } = this.#parts;
    const key = await stores.apiKeys.revoke(id, { nowMs: nowMs(), userId: principal.userId });
    if (!key) return false;
    this.forgetLooks();
    await audit.write(principal, origin, {
      action: 'api-key.revoke',
      target: `api-key:${id}`,
      before: apiKeyView(key),
    });
    return true;
  }

  /** On whose behalf a key acts, from where it may be used. */
  async authenticate(text: string, address: string): Promise<Result<Principal, Refusal>> {
    const nowMs = this.#parts.nowMs();
    const hash = tokenHash(text);
    const look = this.#looks.get(hash);
    const found = look && look.untilMs > nowMs ? look : await this.#look(hash, nowMs);
    if (!found || (found.key.expiresMs !== null && found.key.expiresMs <= nowMs)) return err(REFUSED);
    const { key, owner } = found;
    if (key.networks.length > 0 && !isInNetworks(address, key.networks))
      return err(refuse('forbidden', 'this API key may not be used from this address'));
    if (nowMs - (this.#usedMs.get(key.id) ?? 0) >= USED_EVERY_MS) {
      this.#usedMs.set(key.id, nowMs);
      await this.#parts.stores.apiKeys.used(key.id, { nowMs, address });
    }
    return ok(owner);
  }

  /** On whose behalf the key of this id acts now; `null` when it holds no longer. */
  async current(id: string): Promise<Principal | null> {
    const { stores, nowMs } = this.#parts;
    const key = await stores.apiKeys.find(id);
    if (!key || (key.expiresMs !== null && key.expiresMs <= nowMs())) return null;
    return this.#ownerOf(key);
  }

  /** Accounts or keys have changed: everything is looked up again. */
  forgetLooks(): void {
    this.#looks.clear();
  }

  async #look(hash: string, nowMs: number) {
    const key = await this.#parts.stores.apiKeys.findByHash(hash);
    const owner = key && (await this.#ownerOf(key));
    if (!key || !owner) return null;
    const look = { key, owner, untilMs: nowMs + LOOK_MS };
    this.#looks.set(hash, look);
    if (this.#looks.size > LOOKS_MAX) this.#looks.clear();
    return look;
  }

  async #ownerOf(key: ApiKeyRow): Promise<Principal | null> {
    const user = await this.#parts.stores.users.find(key.userId);
    if (user?.disabledMs !== null) return null;
    return {
      ...{ userId: user.id, name: user.username, role: user.role },
      ...{ scopes: new Set(key.scopes), by: 'api-key', grantId: key.id },
    };
  }
}
