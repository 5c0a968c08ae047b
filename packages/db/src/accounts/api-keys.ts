import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { apiKeys } from './schema.js';

/** A key a script signs in with, without the key itself. */
export type ApiKeyRow = typeof apiKeys.$inferSelect;
export type NewApiKey = Omit<ApiKeyRow, 'usedMs' | 'usedAddress' | 'revokedMs'>;

/** API keys. */
export class ApiKeyStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async add(key: NewApiKey): Promise<void> {
    await this.#connection.run((orm) => orm.insert(apiKeys).values(key));
  }

  /** The key of this hash, unless it was revoked. */
  async findByHash(hash: string): Promise<ApiKeyRow | null> {
    const which = and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedMs));
    const rows = await this.#connection.run((orm) => orm.select().from(apiKeys).where(which));
    return rows[0] ?? null;
  }

  /** The key of this id, unless it was revoked. */
  async find(id: string): Promise<ApiKeyRow | null> {
    const which = and(eq(apiKeys.id, id), isNull(apiKeys.revokedMs));
    const rows = await this.#connection.run((orm) => orm.select().from(apiKeys).where(which));
    return rows[0] ?? null;
  }

  /** Keys that were not revoked, newest first; of everybody without `userId`. */
  list(userId?: string): Promise<ApiKeyRow[]> {
    const live = isNull(apiKeys.revokedMs);
    const which = userId === undefined ? live : and(live, eq(apiKeys.userId, userId));
    return this.#connection.run((orm) => orm.select().from(apiKeys).where(which).orderBy(desc(apiKeys.createdMs)));
  }

  async used(id: string, { nowMs, address }: { nowMs: number; address: string }): Promise<void> {
    await this.#connection.run((orm) =>
      orm.update(apiKeys).set({ usedMs: nowMs, usedAddress: address }).where(eq(apiKeys.id, id)),
    );
  }

  /** Revokes a key, of this user when one is named; returns it, or `null` when there is none. */
  async revoke(id: string, { nowMs, userId }: { nowMs: number; userId?: string }): Promise<ApiKeyRow | null> {
    const live = and(eq(apiKeys.id, id), isNull(apiKeys.revokedMs));
    const which = userId === undefined ? live : and(live, eq(apiKeys.userId, userId));
    const rows = await this.#connection.run((orm) =>
      orm.update(apiKeys).set({ revokedMs: nowMs }).where(which).returning(),
    );
    return rows[0] ?? null;
  }
}
