import { and, asc, eq, sql } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { exchangeCredentials } from './schema.js';

/** Somebody's keys at an exchange, sealed. */
export type ExchangeCredentialRow = typeof exchangeCredentials.$inferSelect;

/** Keys at exchanges. */
export class ExchangeCredentialStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async add(credential: Omit<ExchangeCredentialRow, 'version'>): Promise<ExchangeCredentialRow> {
    const row = { ...credential, version: 1 };
    await this.#connection.run((orm) => orm.insert(exchangeCredentials).values(row));
    return row;
  }

  /** A user's, at one exchange or all. */
  list({ userId, exchange }: { userId: string; exchange?: string }): Promise<ExchangeCredentialRow[]> {
    const own = eq(exchangeCredentials.userId, userId);
    const which = exchange === undefined ? own : and(own, eq(exchangeCredentials.exchange, exchange));
    return this.#connection.run((orm) =>
      orm.select().from(exchangeCredentials).where(which).orderBy(asc(exchangeCredentials.createdMs)),
    );
  }

  async find(id: string, userId: string): Promise<ExchangeCredentialRow | null> {
    const which = and(eq(exchangeCredentials.id, id), eq(exchangeCredentials.userId, userId));
    const rows = await this.#connection.run((orm) => orm.select().from(exchangeCredentials).where(which));
    return rows[0] ?? null;
  }

  /** Changes one; `null` when the user has none of this id or its version is not `expected`. */
  async update(
    { id, userId, expected }: { id: string; userId: string; expected: number | 'any' },
    change: Partial<Pick<ExchangeCredentialRow, 'label' | 'hint' | 'sealed' | 'permissions'>>,
    nowMs: number,
  ): Promise<ExchangeCredentialRow | null> {
    const own = and(eq(exchangeCredentials.id, id), eq(exchangeCredentials.userId, userId));
    const which = expected === 'any' ? own : and(own, eq(exchangeCredentials.version, expected));
    const set = { ...change, updatedMs: nowMs, version: sql`${exchangeCredentials.version} + 1` };
    const rows = await this.#connection.run((orm) => orm.update(exchangeCredentials).set(set).where(which).returning());
    return rows[0] ?? null;
  }

  /** Notes what the exchange said of keys that are still those `sealed`; nothing a person changed, so no new version. */
  async notePermissions({ id, sealed }: { id: string; sealed: string }, permissions: string | null): Promise<void> {
    const same = and(eq(exchangeCredentials.id, id), eq(exchangeCredentials.sealed, sealed));
    await this.#connection.run((orm) => orm.update(exchangeCredentials).set({ permissions }).where(same));
  }

  /** Removes one; false when the user has none of this id or its version is not `expected`. */
  async remove({ id, userId, expected }: { id: string; userId: string; expected: number | 'any' }): Promise<boolean> {
    const own = and(eq(exchangeCredentials.id, id), eq(exchangeCredentials.userId, userId));
    const which = expected === 'any' ? own : and(own, eq(exchangeCredentials.version, expected));
    const rows = await this.#connection.run((orm) =>
      orm.delete(exchangeCredentials).where(which).returning({ id: exchangeCredentials.id }),
    );
    return rows.length === 1;
  }
}
