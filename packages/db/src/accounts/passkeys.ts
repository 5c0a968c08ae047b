import { and, asc, eq } from 'drizzle-orm';
import type { Connection } from '../connection.js';
import { passkeys } from './schema.js';

/** A WebAuthn credential. */
export type PasskeyRow = typeof passkeys.$inferSelect;

/** Passkeys. */
export class PasskeyStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** False when the credential is known already. */
  async add(passkey: Omit<PasskeyRow, 'usedMs'>): Promise<boolean> {
    const rows = await this.#connection.run((orm) =>
      orm.insert(passkeys).values(passkey).onConflictDoNothing().returning({ id: passkeys.id }),
    );
    return rows.length === 1;
  }

  async find(id: string): Promise<PasskeyRow | null> {
    const rows = await this.#connection.run((orm) => orm.select().from(passkeys).where(eq(passkeys.id, id)));
    return rows[0] ?? null;
  }

  list(userId: string): Promise<PasskeyRow[]> {
    return this.#connection.run((orm) =>
      orm.select().from(passkeys).where(eq(passkeys.userId, userId)).orderBy(asc(passkeys.createdMs)),
    );
  }

  /** Notes a use with the authenticator's counter, by which a copied one is found out. */
  async used(id: string, { counter, nowMs }: { counter: number; nowMs: number }): Promise<void> {
    await this.#connection.run((orm) =>
      orm.update(passkeys).set({ counter, usedMs: nowMs }).where(eq(passkeys.id, id)),
    );
  }

  /** False when the user has no such passkey. */
  async remove(id: string, userId: string): Promise<boolean> {
    const rows = await this.#connection.run((orm) =>
      orm
        .delete(passkeys)
        .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
        .returning({ id: passkeys.id }),
    );
    return rows.length === 1;
  }
}
